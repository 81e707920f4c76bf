import { connect } from "/ui/frame/1/talka.js";

const desk = await connect();

/** Asks for the ticket with the frame's own rights. */
async function show() {
  const { ticket, language, theme } = desk.context;
  const found = await desk.get(`/tickets/${ticket.key}`);
  document.getElementById("says").textContent = `Frame of version 1.0.0: ${found.subject} (${language}, ${theme})`;
}

desk.addEventListener("context", show);
document.getElementById("go").addEventListener("click", () => desk.navigate("/app/m/frozen/frozen.framed/from-a-frame"));
await show();
