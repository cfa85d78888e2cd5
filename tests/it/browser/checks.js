// What the checkers of others do not see, or not in every view. A function of the view's name that gives a list of "check: what, where".
// A page of ours may do little, so much is wrong here that would be allowed elsewhere: a style attribute, a link to a place that is not there.
// In a chart, what is only ground or grid carries the class `ground` or `grid`, or is a line under 2 units, and may be pale.
view => {
  const faults = [];
  const paper = view === 'paper';
  const fault = (check, element, why = '') => faults.push(`${check}: ${element ? named(element) : ''} ${why}`.trim());
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = element => (element.textContent || '').replace(/\s+/g, ' ').trim();
  const style = element => getComputedStyle(element);
  const box = element => element.getBoundingClientRect();

  function named(element) {
    const id = element.id ? '#' + element.id : '';
    const kind = typeof element.className === 'string' && element.className ? '.' + element.className.trim().split(/\s+/).join('.') : '';
    return `<${element.localName}${id}${kind}> “${words(element).slice(0, 60)}”`;
  }

  const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // Left for those who listen: shrunk to a point, or cut away whole.
  const onlyHeard = element => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const { width, height } = box(up);
      if ((width <= 2 && height <= 2) || style(up).clipPath.includes('50%')) return true;
    }
    return false;
  };
  const shown = element => seen(element) && !onlyHeard(element);

  // Colours: red, green, blue and how solid; nothing for a gradient or a pattern.
  function colour(text) {
    const srgb = /^color\(srgb/.test(text);
    const numbers = /^(rgba?|color\(srgb)/.test(text) ? text.replace('srgb', '').match(/[\d.]+/g).map(Number) : null;
    if (!numbers) return null;
    const [red, green, blue] = numbers.slice(0, 3).map(part => srgb ? part * 255 : part);
    return [red, green, blue, numbers[3] ?? 1];
  }
  const over = (top, ground) => [0, 1, 2].map(n => top[n] * top[3] + ground[n] * (1 - top[3])).concat(1);
  function light([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(one, other) {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
  function canvas() {
    if (paper) return [255, 255, 255, 1];
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.backgroundColor = 'Canvas';
    const found = colour(style(probe).backgroundColor);
    probe.remove();
    return found;
  }
  const CANVAS = canvas();
  // What stands behind an element. On paper a ground is printed only where the style insists on it.
  function ground(element) {
    const layers = [];
    for (let up = element; up; up = up.parentElement) {
      const found = colour(style(up).backgroundColor);
      if (found && found[3] > 0 && !(paper && style(up).printColorAdjust !== 'exact')) {
        layers.push(found);
        if (found[3] === 1) break;
      }
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), CANVAS);
  }

  const checks = {
    'self-contained'() {
      const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
      if (!/default-src 'none'/.test(policy) || /script-src/.test(policy)) fault('policy', null, 'the page has no policy that forbids scripts and loading');
      all('script, iframe, object, embed, form, base, meta[http-equiv=refresh], audio, video').forEach(element => fault('self-contained', element));
      all('link').filter(link => !/^data:/.test(link.getAttribute('href') ?? '')).forEach(link => fault('self-contained', link));
      all('[src], [srcset], [poster], [background]').filter(it => !/^data:/.test(it.getAttribute('src') ?? '')).forEach(it => fault('self-contained', it));
      all('style').filter(sheet => /@import|url\((?!['"]?data:)/.test(sheet.textContent)).forEach(sheet => fault('self-contained', sheet, 'the style loads something'));
      for (const element of all('*')) {
        for (const { name } of element.attributes) {
          if (name === 'style' || name.startsWith('on')) fault('self-contained', element, `has ${name}=`);
        }
      }
    },
    'document'() {
      if (document.documentElement.lang !== 'en-GB') fault('lang', null, `the language is “${document.documentElement.lang}”`);
      if (!document.title.trim()) fault('title', null, 'the page has no title');
      if (document.compatMode !== 'CSS1Compat') fault('doctype', null, 'the page has no doctype');
      if (all('main').length !== 1) fault('main', null, `${all('main').length} main parts`);
    },
    'headings'() {
      const headings = all('h1, h2, h3, h4, h5, h6').filter(seen);
      const ones = headings.filter(heading => heading.localName === 'h1').length;
      if (ones !== 1) fault('heading', null, `${ones} headings of the first level`);
      let before = 0;
      for (const heading of headings) {
        const level = Number(heading.localName[1]);
        if (level > before + 1) fault('heading', heading, `comes after level ${before}`);
        if (!words(heading)) fault('heading', heading, 'is empty');
        before = level;
      }
    },
    'ids'() {
      const ids = all('[id]').map(element => element.id);
      ids.filter((id, nth) => ids.indexOf(id) !== nth).forEach(id => fault('duplicate-id', null, `#${id}`));
      for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'headers', 'for']) {
        for (const element of all(`[${attribute}]`)) {
          for (const id of element.getAttribute(attribute).trim().split(/\s+/)) {
            const target = document.getElementById(id);
            if (!target || !words(target)) fault('reference', element, `${attribute} names #${id}, which is ${target ? 'empty' : 'not there'}`);
          }
        }
      }
      all('[tabindex]').filter(element => element.tabIndex > 0).forEach(element => fault('tabindex', element));
    },
    'links'() {
      for (const link of all('a[href]')) {
        const href = link.getAttribute('href');
        if (href.startsWith('#') && !document.getElementById(decodeURIComponent(href.slice(1)))) fault('broken-link', link, href);
        if (!['file:', 'http:', 'https:', 'mailto:', 'tel:'].includes(link.protocol)) fault('link-scheme', link, href);
        if (!words(link) && !link.getAttribute('aria-label')) fault('link-name', link, href);
        const amongText = [...link.parentElement.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const { textDecorationLine, borderBottomStyle } = style(link);
        if (amongText && !textDecorationLine.includes('underline') && borderBottomStyle === 'none') fault('link-look', link, 'is told from the text by its colour alone');
      }
    },
    'tables'() {
      for (const table of all('table').filter(seen)) {
        if (!table.caption || !words(table.caption)) fault('caption', table, 'has no caption');
        const heads = table.tHead ? all('th', table.tHead) : [];
        if (!heads.length) fault('column-headers', table, 'has no column headers');
        all('th', table).filter(cell => !['col', 'row', 'colgroup', 'rowgroup'].includes(cell.getAttribute('scope'))).forEach(cell => fault('scope', cell));
        const width = row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
        const rows = [...table.rows];
        const spanned = all('[rowspan]', table).length > 0;
        if (!spanned) rows.filter(row => width(row) !== width(rows[0])).forEach(row => fault('ragged-row', row));
        for (const cell of all('th, td', table).filter(seen)) {
          const drawn = cell.querySelector('svg, img');
          const beside = [...cell.parentElement.cells].some(other => other !== cell && /\d/.test(words(other)));
          if (!words(cell) && !(drawn && beside)) fault('empty-cell', cell, `in column ${cell.cellIndex + 1}: nothing but a colour, or nothing at all`);
        }
      }
    },
    'width'() {
      const root = document.documentElement;
      const limit = root.clientWidth;
      if (root.scrollWidth > limit) {
        const scrolls = element => element.closest('.scroll') && style(element.closest('.scroll')).overflowX !== 'visible';
        const wide = all('body *').filter(element => seen(element) && box(element).right > limit + 1 && !scrolls(element));
        const inner = wide.filter(element => !wide.some(other => other !== element && element.contains(other)));
        (inner.length ? inner.slice(0, 3) : [root]).forEach(element => fault('overflow', element, `reaches to ${Math.round(box(element).right)} of ${limit}`));
        if (!inner.length) fault('overflow', null, `${root.scrollWidth} of ${limit}`);
      }
      for (const element of all('body *').filter(shown)) {
        const { overflowX, overflowY } = style(element);
        const cutX = element.scrollWidth > element.clientWidth + 1;
        const cutY = element.scrollHeight > element.clientHeight + 1;
        const hides = value => value === 'hidden' || value === 'clip';
        const scrolls = value => value === 'auto' || value === 'scroll';
        if (element instanceof SVGElement) continue;
        if ((cutX && hides(overflowX)) || (cutY && hides(overflowY))) fault('clipped', element);
        if ((cutX && scrolls(overflowX)) || (cutY && scrolls(overflowY))) {
          if (paper) fault('cut-on-paper', element);
          const reachable = element.hasAttribute('tabindex') && element.tabIndex >= 0;
          const known = element.getAttribute('role') && (element.getAttribute('aria-labelledby') || element.getAttribute('aria-label'));
          if (!reachable || !known) fault('scroll-region', element, 'cannot be reached by keyboard, or has no name');
        }
      }
      for (const element of all('p, li, dd, caption, figcaption, h1, h2, h3').filter(shown)) {
        const narrow = box(element).width < 3 * parseFloat(style(element).fontSize);
        if (narrow && words(element).split(' ').length > 3) fault('squeezed', element, `into ${Math.round(box(element).width)} px`);
      }
    },
    'text'() {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const judged = new Set();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || judged.has(element) || element instanceof SVGElement || !shown(element)) continue;
        judged.add(element);
        const { color, fontSize, fontWeight } = style(element);
        const large = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
        const behind = ground(element);
        const ratio = contrast(over(colour(color), behind), behind);
        if (ratio < (large ? 3 : 4.5)) fault('text-contrast', element, ratio.toFixed(2));
        if (parseFloat(fontSize) < 10) fault('tiny-text', element, fontSize);
      }
    },
    // WCAG 1.4.10, and fairness to those who read on paper: what one view shows, every view shows. Paper needs no way to click, and of
    // what a number leads to (`.on-screen`) it says that it stands on the page: a line of the class `on-paper` has to say so.
    'same-in-every-view'() {
      const own = element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const held = all('main *').filter(element => own(element) && !(paper && element.closest('nav, summary, a[href^="#"], .on-screen')));
      if (paper && document.querySelector('.on-screen') && !all('.on-paper').some(seen)) fault('lost', document.querySelector('.on-screen'), 'is not on paper, and nothing says so');
      window.margSeen ??= new Set(held.filter(seen));
      held.filter(element => window.margSeen.has(element) && !seen(element)).forEach(element => fault('lost', element, 'is shown elsewhere, and not here'));
    },
    'charts'() {
      const shapes = 'rect, circle, ellipse, path, polygon, polyline, line, text';
      for (const svg of all('svg').filter(seen)) {
        const hidden = svg.closest('[aria-hidden=true]');
        const name = svg.getAttribute('aria-label') || words(svg.querySelector('title') ?? document.createElement('i')) ||
          (svg.getAttribute('aria-labelledby') ?? '').split(/\s+/).some(id => document.getElementById(id));
        if (!hidden && (svg.getAttribute('role') !== 'img' || !name)) fault('svg-name', svg, 'a picture without a name, or without role="img"');
        const drawn = all(shapes, svg).filter(shape => seen(shape) && !shape.closest('defs, clipPath, mask, pattern'));
        drawn.forEach((shape, nth) => mark(svg, shape, drawn.slice(0, nth)));
        const texts = drawn.filter(shape => shape.localName === 'text');
        texts.forEach((text, nth) => texts.slice(0, nth).filter(other => cross(box(text), box(other))).forEach(other => fault('overlap', text, `and ${named(other)}`)));
      }
    },
  };

  const cross = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;

  // An open path has a fill in the style sheet, and none on the page.
  function inFill(shape, x, y) {
    return Boolean(shape.isPointInFill?.(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse())));
  }
  function hasFill(shape) {
    const { left, top, width, height } = box(shape);
    const steps = [0.1, 0.3, 0.5, 0.7, 0.9];
    return steps.some(across => steps.some(down => inFill(shape, left + across * width, top + down * height)));
  }

  // A part of a chart against what was drawn before it at its middle, or else against the page.
  function mark(svg, shape, before) {
    const { left, right, top, bottom, width, height } = box(shape);
    if (shape.closest('.ground, .grid') || (width < 0.5 && height < 0.5)) return;
    const painted = (of, what) => {
      const found = colour(style(of)[what]);
      return found && found[3] > 0 && style(of)[what] !== 'none' ? [...found.slice(0, 3), found[3] * Number(style(of)[`${what}Opacity`])] : null;
    };
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const holds = of => inFill(of, x, y) && box(of).width * box(of).height > width * height;
    const below = before.filter(of => of.localName !== 'text' && of.localName !== 'line' && painted(of, 'fill') && holds(of)).pop();
    const behind = below ? over(painted(below, 'fill'), ground(svg)) : ground(svg);
    const text = shape.localName === 'text';
    const thick = parseFloat(style(shape).strokeWidth) >= 2;
    const inks = [text || hasFill(shape) ? painted(shape, 'fill') : null, thick && !text ? painted(shape, 'stroke') : null].filter(Boolean);
    const best = Math.max(...inks.map(ink => contrast(over(ink, behind), behind)));
    if (inks.length && best < (text ? 4.5 : 3)) fault(text ? 'svg-text-contrast' : 'svg-mark-contrast', shape, `${best.toFixed(2)} in ${named(svg)}`);
    if (text) {
      const around = box(svg);
      if (left < around.left - 1 || right > around.right + 1 || top < around.top - 1 || bottom > around.bottom + 1) fault('clipped', shape, 'reaches out of its picture');
      const size = parseFloat(style(shape).fontSize) * shape.getScreenCTM().a;
      if (size < 10) fault('tiny-text', shape, `${size.toFixed(1)} px`);
    }
  }

  Object.values(checks).forEach(check => check());
  if (paper) {
    all('details > :not(summary)').filter(element => !element.checkVisibility()).forEach(element => fault('closed-on-paper', element));
  } else {
    // WCAG 1.4.12: whoever needs more room between lines, words and letters loses nothing.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
    const kept = faults.length;
    document.adoptedStyleSheets = [sheet];
    checks.width();
    document.adoptedStyleSheets = [];
    const spaced = faults.splice(kept).filter(said => !faults.some(known => known.split(' reaches')[0] === said.split(' reaches')[0]));
    faults.push(...spaced.map(said => `text-spacing, ${said}`));
  }
  return faults;
}
