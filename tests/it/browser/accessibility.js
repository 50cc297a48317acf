// Runs as a function body in the page; returns one sentence for each fault.
const faults = [];
const shown = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
const told = (e) => e.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
const all = (css) => [...document.querySelectorAll(css)];

const labelled = (e) => (e.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean)
  .map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
const inner = (e) => [...e.childNodes].map((n) => n.nodeType === 3 ? n.data
  : n.nodeType !== 1 || n.getAttribute('aria-hidden') === 'true' ? ''
  : n.getAttribute('aria-label') ?? n.getAttribute('alt') ?? (n.tagName === 'title' ? n.textContent : inner(n))).join(' ');
const name = (e) => (labelled(e) || e.getAttribute('aria-label') || inner(e) || e.getAttribute('title') || '').trim();

if (!document.documentElement.lang) faults.push('the page names no language');
if (!document.title.trim()) faults.push('the page has no title');
if (all('main, [role=main]').filter(shown).length !== 1) faults.push('the page has not exactly one main landmark');
if (/user-scalable\s*=\s*no|maximum-scale\s*=\s*1\b/.test(document.querySelector('meta[name=viewport]')?.content ?? ''))
  faults.push('the page forbids zooming');

const ids = new Map();
for (const e of all('[id]')) ids.set(e.id, (ids.get(e.id) ?? 0) + 1);
for (const [id, count] of ids) if (count > 1) faults.push(`the id ${id} stands ${count} times`);

for (const e of all('button, a[href], summary, [role=button], [role=tab], [role=menuitem], [role=option]').filter(shown))
  if (!name(e)) faults.push(`nameless: ${told(e)}`);
for (const e of all('img')) if (!e.hasAttribute('alt')) faults.push(`image without alt: ${told(e)}`);
for (const e of all('input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea').filter(shown)) {
  const labels = [...(e.labels ?? [])].map((label) => inner(label)).join(' ').trim();
  if (!labels && !labelled(e) && !e.getAttribute('aria-label')) faults.push(`field without label: ${told(e)}`);
}
for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
  for (const e of all(`[${attribute}]`))
    for (const id of e.getAttribute(attribute).split(/\s+/).filter(Boolean))
      if (!document.getElementById(id)) faults.push(`${attribute} names the missing ${id}: ${told(e)}`);
for (const e of all('[tabindex]')) if (e.tabIndex > 0) faults.push(`tabindex above 0: ${told(e)}`);
for (const e of all('[aria-hidden=true]'))
  if (e.querySelector('a[href], button:not([disabled]), input, select, textarea') && shown(e))
    faults.push(`hidden from readers but reachable: ${told(e)}`);

// Any CSS colour becomes numbers by painting it.
const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const paint = canvas.getContext('2d', {willReadFrequently: true});
const colours = new Map();
const rgba = (css) => {
  if (!colours.has(css)) {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = css;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    colours.set(css, [r, g, b, a / 255]);
  }
  return colours.get(css);
};
const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
  .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (e) => {
  const layers = [];
  for (let at = e; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== 'none') return null;
    layers.push(rgba(style.backgroundColor));
    if (layers.at(-1)[3] === 1) break;
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
    && getComputedStyle(document.documentElement).colorScheme.includes('dark');
  return layers.reduceRight((below, layer) => over(layer, below), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const seen = new Set();
while (texts.nextNode()) {
  const e = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || seen.has(e) || !shown(e) || e.closest('[disabled], [aria-disabled=true], svg')) continue;
  seen.add(e);
  const ground = behind(e);
  if (!ground) continue;
  const style = getComputedStyle(e);
  const ink = over(rgba(style.color), ground);
  const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
  const ratio = (high + 0.05) / (low + 0.05);
  const size = parseFloat(style.fontSize);
  const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  if (ratio + 0.01 < needed) faults.push(`contrast ${ratio.toFixed(2)} (${style.color}): ${told(e)}`);
}
return faults;
