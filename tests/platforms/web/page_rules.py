"""Checks of a page, as scripts that return what breaks them. They see what stands on the page now, in its present colours."""

_SHOWN = """
const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !e.closest('.hidden, .skip');
const told = (e) => e.outerHTML.slice(0, 120);
"""

# Controls without a name that a screen reader can say.
NAMELESS = f"""() => {{ {_SHOWN}
  const kinds = 'button, a, input, textarea, select, [role=tab], [role=listbox], section, nav, progress, img';
  const controls = [...document.querySelectorAll(kinds)];
  const named = (e) => {{
    const ids = (e.getAttribute('aria-labelledby') ?? '').split(' ');
    const by = ids.map((id) => document.getElementById(id)?.textContent).join('');
    const labels = [...(e.labels ?? [])].map((label) => label.textContent).join('');
    const own = e.matches('button, a, [role=tab]') ? e.textContent : '';
    return [e.getAttribute('aria-label'), e.getAttribute('alt'), by, labels, own].some((name) => name?.trim())
      || (e.matches('img') && e.hasAttribute('alt'));
  }};
  return controls.filter((e) => shown(e) && !named(e)).map(told);
}}"""

# Ids that stand twice, and references to ids that are not there.
TWICE_NAMED = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const lost = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-activedescendant', 'for'].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)]
      .filter((e) => !e.matches('dialog:not([open])'))
      .flatMap((e) => e.getAttribute(name).split(' '))
      .filter((id) => id && !document.getElementById(id)));
  return [...twice, ...lost];
}"""

# Anything that makes the page scroll sideways, or is cut off at its side.
OVERFLOW = f"""() => {{ {_SHOWN}
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : [];
  const boxes = [...document.querySelectorAll('.seat *')].filter((e) => shown(e) && !e.matches('option'));
  return [...wide, ...boxes.filter((e) => {{
    const box = e.getBoundingClientRect();
    return box.width && (box.left < -1 || box.right > innerWidth + 1);
  }}).map(told)];
}}"""

# Controls under 24 by 24 pixels (WCAG 2.5.8), links within sentences excepted.
SMALL_TARGETS = f"""() => {{ {_SHOWN}
  return [...document.querySelectorAll('button, input, select, textarea, .button')].filter((e) => {{
    const box = e.getBoundingClientRect();
    return shown(e) && (box.width < 24 || box.height < 24) && e.type !== 'radio';
  }}).map(told);
}}"""

# Text of less contrast than 4.5 to 1 (3 to 1 when large) with what is painted behind it; also the edges of fields.
CONTRAST = f"""() => {{ {_SHOWN}
  const canvas = document.createElement('canvas').getContext('2d', {{ willReadFrequently: true }});
  const rgba = (colour) => {{
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  }};
  const over = (top, below) => top.slice(0, 3).map((c, i) => (c * top[3] + below[i] * (255 - top[3])) / 255);
  const behind = (e) => {{
    if (!e) return [255, 255, 255];
    const colour = rgba(getComputedStyle(e).backgroundColor);
    return colour[3] === 255 ? colour.slice(0, 3) : over(colour, behind(e.parentElement));
  }};
  const light = (rgb) => {{
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }};
  const ratio = (one, other) => {{
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }};
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
    const e = node.parentElement;
    if (!node.data.trim() || !shown(e) || e.closest('script, noscript, :disabled')) continue;
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const found = ratio(over(rgba(style.color), behind(e)), behind(e));
    if (found < needed) weak.push(`${{found.toFixed(2)}} ${{node.data.trim().slice(0, 40)}} ${{told(e)}}`);
  }}
  for (const e of document.querySelectorAll('textarea, input, select, .composer .button')) {{
    const found = ratio(rgba(getComputedStyle(e).borderTopColor).slice(0, 3), behind(e.parentElement));
    if (shown(e) && found < 3) weak.push(`${{found.toFixed(2)}} edge of ${{told(e)}}`);
  }}
  return weak;
}}"""
