/* A figure as a picture that carries its fonts: an image cannot use those of the page around it. */
(function () {
  "use strict";

  /** The page's own fonts as one style sheet with the files inside it. */
  async function holdFonts() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule);
    return (await Promise.all(faces.map(holdFont))).join("");
  }

  async function holdFont(face) {
    const [, address] = /url\("?([^")]+)"?\)/.exec(face.style.getPropertyValue("src"));
    if (address.startsWith("data:")) return face.cssText;
    const base = face.parentStyleSheet.href || document.baseURI;
    const blob = await (await fetch(new URL(address, base))).blob();
    const data = await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsDataURL(blob);
    });
    return face.cssText.replace(address, data);
  }

  async function paint(svg, width, height, scale) {
    const image = new Image();
    image.src = "data:image/svg+xml," + encodeURIComponent(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: width * scale, height: height * scale });
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.drawImage(image, 0, 0, width, height);
    return canvas.toDataURL("image/png");
  }

  /**
   * Like Plotly.toImage for svg and png, but with the fonts inside.
   * `figure`: {data, layout, config}; `options`: format, width, height, scale, imageDataOnly, setBackground.
   */
  window.drawPicture = async function (figure, options, draw = window.Plotly.toImage) {
    await Promise.all([...document.fonts].map((face) => face.load().catch(() => null)));
    const plain = await draw(figure, { ...options, format: "svg", scale: 1, imageDataOnly: true });
    const fonts = `<style>${await holdFonts()}</style>`;
    const svg = plain.replace(/<svg[^>]*>/, (tag) => tag + fonts);
    if (options.format === "png") {
      const address = await paint(svg, options.width, options.height, options.scale || 1);
      return options.imageDataOnly ? address.split(",")[1] : address;
    }
    return options.imageDataOnly ? svg : "data:image/svg+xml," + encodeURIComponent(svg);
  };
})();
