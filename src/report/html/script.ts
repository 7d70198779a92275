/**
 * What makes the report answer: theme, filters, links and the picture. Plain JavaScript that reads the page and sets no
 * HTML. Everything there is to read is there without it.
 */
export const SCRIPT = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Theme: the system's, until somebody chooses. Some browsers refuse to remember for files.
  const root = document.documentElement;
  const remembered = (change) => { try { return change(localStorage); } catch { return null; } };
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light')) === 'dark';
  const known = remembered((storage) => storage.getItem('chartlint-theme'));
  if (known === 'light' || known === 'dark') root.dataset.theme = known;
  const theme = byId('theme');
  const nameTheme = () => { theme.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  theme.hidden = false;
  nameTheme();
  systemIsDark.addEventListener('change', nameTheme);
  theme.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    root.dataset.theme = next;
    remembered((storage) => storage.setItem('chartlint-theme', next));
    nameTheme();
  });

  // Filters
  const form = byId('filters');
  const data = JSON.parse(byId('report-data').textContent);
  const findings = data.findings.map(([id, severity, principle, environments, suppressed]) => {
    return { element: byId(id), severity, principle, environments, suppressed, text: undefined };
  });
  const textOf = (finding) => (finding.text ??= finding.element.textContent.toLowerCase());
  const fieldOf = (name) => form?.elements.namedItem(name);
  const valueOf = (name) => fieldOf(name)?.value ?? '';
  const filter = () => {
    if (!form) return;
    const [environment, severity, principle] = ['environment', 'severity', 'principle'].map(valueOf);
    const words = valueOf('text').toLowerCase().split(/\\s+/).filter(Boolean);
    const showsSuppressed = fieldOf('suppressed')?.checked ?? false;
    const files = new Map();
    let shown = 0;
    let total = 0;
    for (const finding of findings) {
      const counts = showsSuppressed || !finding.suppressed;
      const isShown = counts
        && (environment === '' || finding.environments.length === 0 || finding.environments.includes(environment))
        && (severity === '' || finding.severity === severity)
        && (principle === '' || finding.principle === principle)
        && words.every((word) => textOf(finding).includes(word));
      finding.element.hidden = !isShown;
      total += counts ? 1 : 0;
      shown += isShown ? 1 : 0;
      const file = finding.element.parentElement;
      files.set(file, (files.get(file) ?? false) || isShown);
    }
    for (const [file, isShown] of files) file.hidden = !isShown;
    form.querySelector('output').textContent = shown === total
      ? total + (total === 1 ? ' finding' : ' findings')
      : shown + ' of ' + total + ' findings';
  };
  if (form) {
    form.hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', filter);
    form.addEventListener('reset', () => setTimeout(filter));
    filter();
  }

  // Links: from a principle to its findings, and to a finding that a filter hides
  for (const link of all('a[data-principle]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      form.reset();
      fieldOf('principle').value = link.dataset.principle;
      filter();
      const heading = byId('findings');
      heading.scrollIntoView();
      heading.focus({ preventScroll: true });
    });
  }
  const follow = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id === '' ? null : byId(id);
    if (target === null) return;
    if (target.hidden && form) {
      form.reset();
      const isSuppressed = target.classList.contains('suppressed');
      if (isSuppressed && fieldOf('suppressed')) fieldOf('suppressed').checked = true;
      filter();
    }
    if (target.matches('article, #findings')) {
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    }
  };
  addEventListener('hashchange', follow);
  follow();

  // The pictures: one environment at a time
  const choices = all('.choices button');
  const choose = (chosen) => {
    for (const button of choices) {
      const isChosen = button === chosen;
      button.setAttribute('aria-pressed', String(isChosen));
      byId(button.dataset.flow).hidden = !isChosen;
    }
  };
  for (const button of choices) {
    button.parentElement.hidden = false;
    button.addEventListener('click', () => choose(button));
  }
  if (choices.length > 0) choose(choices[0]);
  fieldOf('environment')?.addEventListener('input', (event) => {
    const chosen = choices.find((button) => button.dataset.environment === event.target.value);
    if (chosen) choose(chosen);
  });
  addEventListener('beforeprint', () => { for (const figure of all('.flow')) figure.hidden = false; });
  addEventListener('afterprint', () => {
    const chosen = choices.find((button) => button.getAttribute('aria-pressed') === 'true');
    if (chosen) choose(chosen);
  });

  // The whole way of one line
  for (const hint of all('.hint')) hint.hidden = false;
  for (const figure of all('.flow')) {
    const svg = figure.querySelector('svg');
    const detail = figure.querySelector('.detail');
    const parts = all('[data-ways]', svg).map((element) => ({ element, ways: element.dataset.ways.split(' ') }));
    const rows = all('.row', svg);
    const resting = detail.textContent = 'No line is selected.';
    detail.hidden = false;
    let pinned = null;
    const light = (row) => {
      svg.classList.toggle('lit', row !== null);
      const ways = new Set(row === null ? [] : row.dataset.ways.split(' '));
      for (const part of parts) part.element.classList.toggle('on', part.ways.some((way) => ways.has(way)));
      detail.textContent = row === null ? resting : row.querySelector('title').textContent;
    };
    const reach = (row) => { for (const other of rows) other.setAttribute('tabindex', other === row ? '0' : '-1'); };
    const pin = (row) => {
      pinned?.removeAttribute('aria-pressed');
      pinned = row === pinned ? null : row;
      pinned?.setAttribute('aria-pressed', 'true');
      light(pinned ?? row);
    };
    const focused = () => (svg.contains(document.activeElement) ? document.activeElement : null);
    rows[0]?.setAttribute('tabindex', '0');
    for (const row of rows) {
      row.addEventListener('pointerenter', () => light(row));
      row.addEventListener('pointerleave', () => light(pinned ?? focused()));
      row.addEventListener('focus', () => { reach(row); light(row); });
      row.addEventListener('blur', () => light(pinned));
      row.addEventListener('click', () => { pin(row); row.focus({ preventScroll: true }); });
    }
    svg.addEventListener('keydown', (event) => {
      const row = focused();
      const at = rows.indexOf(row);
      if (at === -1) return;
      const beside = (step) => {
        const own = row.getBoundingClientRect();
        const others = rows.filter((other) => Math.sign(other.getBoundingClientRect().left - own.left) === step
          && other.dataset.ways.split(' ').some((way) => row.dataset.ways.split(' ').includes(way)));
        const distance = (other) => Math.abs(other.getBoundingClientRect().left - own.left);
        return others.sort((a, b) => distance(a) - distance(b))[0];
      };
      const next = {
        ArrowDown: () => rows[at + 1], ArrowUp: () => rows[at - 1], Home: () => rows[0], End: () => rows.at(-1),
        ArrowRight: () => beside(1), ArrowLeft: () => beside(-1),
      }[event.key];
      if (next !== undefined) {
        event.preventDefault();
        next()?.focus();
      } else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        pin(row);
      } else if (event.key === 'Escape') {
        pinned?.removeAttribute('aria-pressed');
        pinned = null;
        light(row);
      }
    });
  }
})();
`;
