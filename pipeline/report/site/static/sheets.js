// The pictures of the pages: boxes of the names marked in the text and of what is selected; what stands at a point.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const NEAR = 1.5; // points by which a click may miss a box
  const { boxes, names } = window.NIDS_COMMENTARY;
  const strip = document.querySelector(".sheets");
  const sheets = new Map([...document.querySelectorAll(".sheet")].map((sheet) => [Number(sheet.dataset.page), sheet]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let picked = () => {};

  function rectangle([, x0, top, x1, bottom], classes, id) {
    const box = document.createElementNS(SVG, "rect");
    box.setAttribute("x", x0 - 1);
    box.setAttribute("y", top - 1);
    box.setAttribute("width", Math.max(x1 - x0, 1) + 2);
    box.setAttribute("height", Math.max(bottom - top, 1) + 2);
    box.setAttribute("rx", 1.5);
    box.setAttribute("class", classes);
    if (id) box.dataset.of = id;
    return box;
  }

  function draw(id, classes) {
    for (const box of boxes[id] || []) {
      const sheet = sheets.get(box[0]);
      if (sheet) sheet.querySelector("svg").append(rectangle(box, classes, id));
    }
  }

  function choose(ids) {
    for (const old of strip.querySelectorAll(".chosen")) old.remove();
    for (const id of ids) draw(id, "chosen");
  }

  function scrollTo(box) {
    const sheet = box && sheets.get(box[0]);
    if (!sheet) return;
    const paper = sheet.querySelector(".paper");
    const scale = paper.clientHeight / sheet.querySelector("svg").viewBox.baseVal.height;
    const place = paper.offsetTop + box[2] * scale;
    if (box[4] && place > strip.scrollTop && place + (box[4] - box[2]) * scale < strip.scrollTop + strip.clientHeight) return;
    strip.scrollTo({ top: place - strip.clientHeight / 3, behavior: calm.matches ? "auto" : "smooth" });
  }

  function shown(id) {
    const main = document.querySelector(".reading");
    return names[id] && main.classList.contains(`show-${names[id].label}`);
  }

  // What is asked for most precisely comes first: a name, a mark, a citation, a sentence, then whole blocks.
  function rank(id) {
    const element = document.getElementById(id);
    if (!element) return -1;
    if (element.classList.contains("m")) return shown(id) ? 4 : -1;
    if (element.closest(".mark")) return 3;
    if (element.classList.contains("c")) return 2;
    return element.classList.contains("s") ? 1 : 0;
  }

  function area(box) {
    return (box[3] - box[1]) * (box[4] - box[2]);
  }

  const printed = new Map([...sheets.keys()].map((page) => [page, []]));
  for (const [id, lines] of Object.entries(boxes)) {
    for (const box of lines) if (printed.has(box[0])) printed.get(box[0]).push([id, box]);
  }

  function at(page, x, y) {
    let best = null;
    for (const [id, box] of printed.get(page)) {
      const [, x0, top, x1, bottom] = box;
      if (x < x0 - NEAR || x > x1 + NEAR || y < top - NEAR || y > bottom + NEAR) continue;
      const found = { id, rank: rank(id), area: area(box) };
      if (found.rank < 0) continue;
      if (!best || found.rank > best.rank || (found.rank === best.rank && found.area < best.area)) best = found;
    }
    return best && best.id;
  }

  function point(svg, event) {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [place.x, place.y];
  }

  for (const [page, sheet] of sheets) {
    const svg = sheet.querySelector("svg");
    svg.addEventListener("click", (event) => {
      const id = at(page, ...point(svg, event));
      if (id) picked(id, page);
    });
    svg.addEventListener("pointermove", (event) => {
      svg.classList.toggle("over", Boolean(at(page, ...point(svg, event))));
    });
    const picture = sheet.querySelector("img");
    const missing = () => {
      picture.hidden = true;
      sheet.querySelector(".absent").hidden = false;
    };
    if (picture.complete && picture.naturalWidth === 0) missing();
    picture.addEventListener("error", missing);
  }
  for (const [id, name] of Object.entries(names)) draw(id, `box ${name.label}`);

  window.NIDS.sheets = {
    choose,
    scrollTo,
    onPick(callback) {
      picked = callback;
    },
    scrollToPage(page) {
      scrollTo([page, 0, 0, 0, 0]);
    },
    on(id, page) {
      return (boxes[id] || []).some((box) => box[0] === page);
    },
  };
})();
