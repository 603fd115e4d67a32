package org.distillgrid.kd.eval;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;

/** Lays the same crop of several restorations side by side, enlarged without smoothing. */
public final class CropSheet {
  private static final int GAP = 6;
  private static final int CAPTION = 22;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private final int row;
  private final int column;
  private final int side;
  private final int zoom;

  /**
   * Chooses the crop.
   *
   * @param row its top, in pixels of the ground truth
   * @param column its left, in pixels of the ground truth
   * @param side its height and width, in pixels of the ground truth
   * @param zoom pixels on the sheet for one of the ground truth
   */
  public CropSheet(int row, int column, int side, int zoom) {
    this.row = row;
    this.column = column;
    this.side = side;
    this.zoom = zoom;
  }

  /**
   * One picture of the sheet.
   *
   * @param caption what it is
   * @param image the whole image; one that is smaller than the ground truth by a factor is enlarged
   * @param factor ground-truth pixels to one of the image's
   */
  public record Panel(String caption, PlanarImage image, int factor) {}

  /**
   * Draws the sheet.
   *
   * @throws GridException if the crop lies outside an image
   */
  public PlanarImage draw(List<Panel> panels) {
    int panelSide = side * zoom;
    int width = panels.size() * (panelSide + GAP) - GAP;
    BufferedImage sheet = new BufferedImage(width, panelSide + CAPTION, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    int left = 0;
    for (Panel panel : panels) {
      paint(panel, sheet, left);
      graphics.drawString(panel.caption(), left + 2, panelSide + CAPTION - 6);
      left += panelSide + GAP;
    }
    graphics.dispose();
    return planar(sheet);
  }

  private void paint(Panel panel, BufferedImage sheet, int left) {
    PlanarImage image = panel.image();
    if (row < 0
        || column < 0
        || row + side > image.height() * panel.factor()
        || column + side > image.width() * panel.factor()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot crop %d×%d pixels at %d,%d: the image has %d×%d",
          side,
          side,
          row,
          column,
          image.height() * panel.factor(),
          image.width() * panel.factor());
    }
    for (int y = 0; y < side * zoom; y++) {
      for (int x = 0; x < side * zoom; x++) {
        int sourceRow = (row + y / zoom) / panel.factor();
        int sourceColumn = (column + x / zoom) / panel.factor();
        sheet.setRGB(left + x, y, color(image, sourceRow, sourceColumn));
      }
    }
  }

  private static int color(PlanarImage image, int row, int column) {
    int last = image.channels() - 1;
    int red = image.at(0, row, column);
    int green = image.at(Math.min(1, last), row, column);
    int blue = image.at(last, row, column);
    return (red << 16) | (green << 8) | blue;
  }

  private static PlanarImage planar(BufferedImage sheet) {
    int plane = sheet.getHeight() * sheet.getWidth();
    byte[] samples = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int rgb = sheet.getRGB(i % sheet.getWidth(), i / sheet.getWidth());
      samples[i] = (byte) (rgb >> 16);
      samples[plane + i] = (byte) (rgb >> 8);
      samples[2 * plane + i] = (byte) rgb;
    }
    return new PlanarImage(3, sheet.getHeight(), sheet.getWidth(), samples);
  }
}
