// Where the keyboard goes. A function of the view's name that gives everything that can be reached, in order, after remembering how
// each looks without the focus; `window.margFocus()` then says where the focus is, and what is wrong with how it is shown there.
view => {
  const style = element => getComputedStyle(element);
  const reachable = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const able = element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true });
  const stops = [...document.querySelectorAll(reachable)].filter(able);
  const solid = colour => !/, 0\)$|^transparent$/.test(colour);
  const numbers = colour => (colour.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
  function light(colour) {
    const [r, g, b] = numbers(colour).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function differ(one, other) {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) >= 3;
  }
  function behind(element) {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (solid(style(up).backgroundColor)) return style(up).backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  }
  const look = element => [style(element).boxShadow, style(element).backgroundColor];
  const before = new Map(stops.map(element => [element, look(element)]));
  const named = element => `<${element.localName}> “${(element.textContent || '').replace(/\s+/g, ' ').trim().slice(0, 40)}”`;

  // WCAG 2.4.7, and 1.4.11 for the mark itself: an outline, a shadow or a ground that stands out from the page by 3 to 1.
  function shown(element) {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor } = style(element);
    const page = behind(element);
    const [shadowBefore, groundBefore] = before.get(element) ?? ['none', page];
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && solid(outlineColor) && differ(outlineColor, page);
    if (outlined || view === 'forced-colours') return outlined;
    const shadowed = boxShadow !== shadowBefore && (boxShadow.match(/rgba?\([^)]*\)/g) ?? []).some(colour => solid(colour) && differ(colour, page));
    return shadowed || (backgroundColor !== groundBefore && differ(backgroundColor, solid(groundBefore) ? groundBefore : page));
  }

  window.margFocus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return { nth: -1, what: 'nothing', faults: [] };
    const faults = [];
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && width > 2 && height > 2;
    if (!inside) faults.push(`focus-hidden: ${named(element)} is outside what can be seen`);
    if (!shown(element)) faults.push(`focus-visible: ${named(element)} looks as it did without the focus`);
    const href = element.getAttribute('href') ?? '';
    return { nth: stops.indexOf(element), what: named(element), href, faults };
  };
  return stops.map(named);
}
