// What is meant by each of many names among as many others: `node bench/near-misses.mjs COUNT`.
const { Candidates } = await import(new URL('../dist/index.js', import.meta.url).href);

const count = Number(process.argv[2]);
let state = 5;
const random = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8;
// As people name things, and as machines do: with all in common but a number or the last letters.
const names = Array.from({ length: count }, (_, index) =>
  index % 2 === 0 ? `service-account-${index}` : `release-name-config-${random().toString(36)}`,
);
const candidates = new Candidates(names);
for (const [index, name] of names.entries()) candidates.nearest(index % 4 < 2 ? name : `${name.slice(0, -1)}z`);
