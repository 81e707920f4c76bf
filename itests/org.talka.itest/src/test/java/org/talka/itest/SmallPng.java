/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A picture of a page with a palette: pages have few colours and their shades at the edges of
 * letters, so that nobody sees the difference, and the file is a third.
 */
final class SmallPng {
  private static final int COLOURS = 256;

  /** Colours nearer to each other than this share a place, as long as there are too many. */
  private static final int[] NEAR = {0, 12, 40, 90, 160, 300, 600, 1200};

  private SmallPng() {}

  static byte[] of(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> often = new HashMap<>();
    for (int pixel : pixels) {
      often.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Integer> colours = new ArrayList<>(often.keySet());
    colours.sort((a, b) -> often.get(b) - often.get(a));
    List<Integer> palette = palette(colours);
    Map<Integer, Integer> places = new HashMap<>();
    colours.forEach(colour -> places.put(colour, nearest(palette, colour)));
    int[] table = palette.stream().mapToInt(colour -> 0xff000000 | colour).toArray();
    IndexColorModel model =
        new IndexColorModel(
            8, table.length, table, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int i = 0; i < pixels.length; i++) {
      small.getRaster().setSample(i % width, i / width, 0, places.get(pixels[i] & 0xffffff));
    }
    return written(small);
  }

  private static List<Integer> palette(List<Integer> colours) {
    for (int near : NEAR) {
      List<Integer> palette = new ArrayList<>();
      for (int colour : colours) {
        if (near == 0 ? palette.size() <= COLOURS : apart(palette, colour, near)) {
          palette.add(colour);
        }
        if (palette.size() > COLOURS) {
          break;
        }
      }
      if (palette.size() <= COLOURS) {
        return palette;
      }
    }
    return colours.subList(0, COLOURS);
  }

  private static boolean apart(List<Integer> palette, int colour, int near) {
    return palette.stream().noneMatch(other -> distance(other, colour) < near);
  }

  private static int nearest(List<Integer> palette, int colour) {
    int best = 0;
    for (int i = 1; i < palette.size(); i++) {
      if (distance(palette.get(i), colour) < distance(palette.get(best), colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
    int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return red * red + green * green + blue * blue;
  }

  private static byte[] written(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam densest = writer.getDefaultWriteParam();
    densest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    densest.setCompressionQuality(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), densest);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
