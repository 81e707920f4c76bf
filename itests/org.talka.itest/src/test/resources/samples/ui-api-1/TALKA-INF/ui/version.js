/** The version that every part shows; a test of updates puts another one in its place. */
export const VERSION = "1.0.0";
