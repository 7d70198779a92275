import { expect, it } from 'vitest';
import { encodeJson } from '../../../src/helm/codec/json-encode.ts';
import { GoList, GoMap } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { readUserValues, type UserValues } from '../../../src/helm/flags/user-values.ts';

const FILES: Record<string, string> = {
  'v.yaml': 'l: [1, 2]\nm: {a: 1}\ns: str\n',
  'many.yaml': 'm: {b: 2}\n---\nm: {c: 3}\n--- # x\nq: 1\n',
  'null.yaml': 'm: null\n',
  'list.yaml': '- 1\n',
  'x.txt': 'hi\n',
};

function read(user: UserValues): GoMap {
  return readUserValues(user, (path) => {
    const text = FILES[path];
    if (text === undefined) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
    return { data: Buffer.from(text), displayName: path };
  });
}

function json(user: UserValues): string {
  return encodeJson(new Tracked(read(user)), { isHtmlSafe: true, isPretty: false }).value.trim();
}

it.each([
  ['a=1,', '{"a":1}'],
  ['a.', '{}'],
  ['a.b=', '{"a":{"b":""}}'],
  ['a[0]', '{"a":[]}'],
  ['a[0].b=', '{"a":[]}'],
  ['a[0]=', '{"a":[""]}'],
  ['a={1,x},b={}', '{"a":[1,"x"],"b":[""]}'],
  ['a.b.c=1,a.b=2', '{"a":{"b":2}}'],
  ['a[2]=x,a[0].b=y', '{"a":[{"b":"y"},null,"x"]}'],
  ['a[0][1]=x', '{"a":[[null,"x"]]}'],
  [String.raw`a\.b=c\,d`, '{"a.b":"c,d"}'],
  ['a=True,b=null,c=0,d=007,e=+5,f=1.5,g=1e3', '{"a":true,"b":null,"c":0,"d":"007","e":5,"f":"1.5","g":"1e3"}'],
  ['a=9223372036854775807,b=9223372036854775808', '{"a":9223372036854775807,"b":"9223372036854775808"}'],
  ['=x,.a=1,[0]=1', '{}'],
])('--set %s', (flag, expected) => {
  expect(json({ set: [flag] })).toBe(expected);
});

it.each([
  ['a', 'key "a" has no value'],
  ['a=1,b', 'key "b" has no value'],
  [',a=1', 'key "" has no value (cannot end with ,)'],
  ['a..b=1', 'key map "a" has no value'],
  ['a[x]=1', 'error parsing index: strconv.Atoi: parsing "x": invalid syntax'],
  ['a[0]x=1', "unexpected data at end of array index: ['x']"],
  ['a[-1]=1', 'negative -1 index not allowed'],
  ['a[70000]=1', 'index of 70000 is greater than maximum supported index of 65536'],
  ['a={1,2', "list must terminate with '}'"],
  ['a=1,a.b=2', 'unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}'],
  [`${'a.'.repeat(31)}b=1`, 'value name nested level is greater than maximum supported nested level of 30'],
])('refuses --set %s', (flag, message) => {
  expect(() => read({ set: [flag] })).toThrow(`failed parsing --set data: ${message}`);
});

it('reads the other flags, by kind and not by place', () => {
  expect(json({ setString: ['a=1,b=true'] })).toBe('{"a":"1","b":"true"}');
  expect(json({ setLiteral: [String.raw`a.b[1]=x,y={1}\ `] })).toBe(String.raw`{"a":{"b":[null,"x,y={1}\\ "]}}`);
  expect(json({ setJson: ['a={"x":[1,null]},b=2', '{"a":{"y":1}}'] })).toBe('{"a":{"x":[1,null],"y":1},"b":2}');
  expect(json({ setFile: ['a=x.txt,b={x.txt}'] })).toBe(String.raw`{"a":"hi\n","b":["hi\n"]}`);
  expect(json({ setLiteral: ['a=1'], setString: ['a=2'], set: ['a=3'], setJson: ['a=4'] })).toBe('{"a":"1"}');
  expect(json({ files: ['v.yaml', 'many.yaml'], set: ['l[0]=x'] })).toBe(
    '{"l":["x",2],"m":{"a":1,"b":2,"c":3},"q":1,"s":"str"}',
  );
  expect(json({ files: ['v.yaml', 'null.yaml'], set: ['s=y'] })).toBe('{"l":[1,2],"m":null,"s":"y"}');
});

it.each([
  [{ setJson: ['a=x'] }, 'failed parsing --set-json data a=x'],
  [{ setJson: ['{"a":1'] }, 'failed parsing --set-json data JSON: {"a":1'],
  [{ setFile: ['a=nope'] }, 'failed parsing --set-file data: open nope: no such file or directory'],
  [{ files: ['nope'] }, 'open nope: no such file or directory'],
  [
    { files: ['list.yaml'] },
    'failed to parse list.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
  ],
  [{ files: ['https://x.y/v.yaml'] }, 'nothing is fetched over the network'],
])('refuses %j', (user, message) => {
  expect(() => read(user)).toThrow(message);
});

function keyOf(values: GoMap, ...path: string[]): string {
  let container: unknown = values;
  let origin;
  for (const part of path) {
    if (container instanceof GoMap) [origin, container] = [container.originOf(part), container.get(part)];
    else if (container instanceof GoList)
      [origin, container] = [container.originOf(Number(part)), container.items[Number(part)]];
  }
  return (origin?.taint.keys ?? [])
    .map((key) => {
      const { text, file } = key.source;
      const key_ = text.slice(key.range.start, key.range.end);
      return `${key.name} in ${file}: ${key_} = ${text.slice(key.valueRange.start, key.valueRange.end)}`;
    })
    .join('; ');
}

it('knows the place of every key', () => {
  const values = read({
    files: ['many.yaml', 'v.yaml'],
    set: ['a.b[1]=x', 'm.c=5', 'k={x,yy}'],
    setJson: ['j={"p":1}'],
  });
  expect(keyOf(values, 's')).toBe('s in v.yaml: s = str');
  expect(keyOf(values, 'l', '1')).toBe('l[1] in v.yaml: 2 = 2');
  expect(keyOf(values, 'm', 'b')).toBe('m.b in many.yaml: b = 2');
  expect(keyOf(values, 'm', 'c')).toBe('m.c in --set: c = 5');
  expect(keyOf(values, 'a', 'b', '1')).toBe('a.b[1] in --set: b[1] = x');
  expect(keyOf(values, 'k', '1')).toBe('k[1] in --set: yy = yy');
  expect(keyOf(values, 'j', 'p')).toBe('j.p in --set-json: {"p":1} = {"p":1}');
  expect(keyOf(values, 'm').split('; ')).toHaveLength(4);
});
