import test from 'ava';
import fc from 'fast-check';
import {sprig} from '../../source/commands/helm/sprig/sprig.js';
import {parseConstraint, parseVersion} from '../../source/commands/helm/sprig/semver.js';
import {setValues} from '../../source/commands/helm/chart/set-values.js';
import {TemplateSet} from '../../source/commands/go-template/template.js';
import {createSim} from '../../source/sim/sim.js';

const {random} = createSim('sprig');
const functions = sprig(Date.UTC(2026, 10, 21, 2), random);
const data = {Values: {name: 'Web', port: 8080, big: 1_000_000, list: ['b', 'a', 'b'], map: {b: 1, a: {c: 'x'}}, on: true, empty: ''}};

function fill(text: string): string {
	const set = new TemplateSet(functions, 'zero');
	set.parse('t', text);
	return set.execute('t', data);
}

const rows: ReadonlyArray<readonly [string, string]> = [
	['{{ .Values.port }} {{ .Values.big }} {{ int .Values.big }}', '8080 1e+06 1000000'],
	['{{ .Values.name | lower | quote }} {{ squote 5 }} {{ "a" | repeat 3 }}', '"web" \'5\' aaa'],
	['{{ .Values.none | default "x" }} {{ .Values.empty | default "y" }} {{ ternary 1 2 .Values.on }}', 'x y 1'],
	['{{ .Values.list | uniq | sortAlpha | join "," }} {{ has "a" .Values.list }} {{ first .Values.list }}', 'a,b true b'],
	['{{ toYaml .Values.map }}', 'a:\n  c: x\nb: 1'],
	['x:{{ toYaml .Values.map | nindent 2 }}', 'x:\n  a:\n    c: x\n  b: 1'],
	['{{ toJson .Values.map }} {{ (fromYaml "a: [1]").a }} {{ toJson "<a>" }}', '{"a":{"c":"x"},"b":1} [1] "\\u003ca\\u003e"'],
	['{{ add 1 2 3 }} {{ sub 5 2 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 2 }} {{ max 1 5 3 }} {{ round 3.14159 2 }}', '6 3 6 3 1 5 3.14'],
	['{{ trunc 3 "hello" }} {{ trunc -2 "hello" }} {{ trimSuffix "-" "a-" }} {{ replace "a" "b" "aaa" }}', 'hel lo a bbb'],
	['{{ "a,b" | splitList "," }} {{ (split "," "a,b")._1 }} {{ contains "b" "abc" }}', '[a b] b true'],
	['{{ b64enc "héé" }} {{ b64dec "aGVsbG8=" }} {{ sha256sum "abc" | trunc 8 }}', 'aMOpw6k= hello ba7816bf'],
	[
		'{{ snakecase "FirstName" }} {{ kebabcase "FirstName" }} {{ camelcase "http_server" }} {{ title "hello world" }}',
		'first_name first-name HttpServer Hello World',
	],
	['{{ semverCompare "^1.2.0" "1.9.3" }} {{ semverCompare ">=1.19-0" "v1.33.1" }} {{ (semver "1.2.3").Minor }}', 'true true 2'],
	['{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }} {{ regexMatch "^[a-z]+$" "abc" }}', '-W-xxW- true'],
	['{{ $d := dict "a" 1 }}{{ $_ := set $d "b" 2 }}{{ keys $d | sortAlpha }} {{ hasKey $d "b" }} {{ get $d "z" }}', '[a b] true '],
	[
		'{{ (merge (dict "a" 1) (dict "a" 2 "b" 3)).a }} {{ (mergeOverwrite (dict "a" 1) (dict "a" 2)).a }} {{ dig "a" "c" "?" .Values.map }}',
		'1 2 x',
	],
	[
		'{{ kindOf .Values.port }} {{ kindOf 1 }} {{ typeOf .Values.map }} {{ kindIs "string" "a" }}',
		'float64 int map[string]interface {} true',
	],
	['{{ until 3 }} {{ untilStep 0 6 2 }} {{ seq 3 }} {{ list 1 2 | reverse }} {{ len (list 1 2) }}', '[0 1 2] [0 2 4] 1 2 3 [2 1] 2'],
	['{{ now | date "2006-01-02" }} {{ date "Jan 2, 2006" 0 }} {{ duration 95 }}', '2026-11-21 Jan 1, 1970 1m35s'],
	['{{ cat "a" 1 }} {{ indent 2 "x\\ny" }} {{ printf "%s-%d" "a" 5 }} {{ coalesce "" 0 "z" }}', 'a 1   x\n  y a-5 z'],
];
for (const [template, text] of rows) test(`fills ${template}`, t => t.is(fill(template), text));

const errors: ReadonlyArray<readonly [string, string]> = [
	['{{ nosuch 1 }}', 'template: t:1: function "nosuch" not defined'],
	['{{ upper .Values.port }}', 'template: t:1:16: executing "t" at <.Values.port>: wrong type for value; expected string; got float64'],
	['{{ .Values.none | upper }}', 'template: t:1:18: executing "t" at <upper>: invalid value; expected string'],
	['{{ .Values.none.deep }}', 'template: t:1:10: executing "t" at <.Values.none.deep>: nil pointer evaluating interface {}.deep'],
	[
		'{{ eq .Values.port 8080 }}',
		'template: t:1:3: executing "t" at <eq .Values.port 8080>: error calling eq: incompatible types for comparison',
	],
	[
		'{{ (.Values.none).deep }}{{ fail "no" }}',
		'template: t:1:28: executing "t" at <fail "no">: error calling fail: HELM_ERR_STARTnoHELM_ERR_END',
	],
];
for (const [template, text] of errors) test(`refuses ${template}`, t => t.is(t.throws(() => fill(template)).message, text));

test('--set reads as strvals does', t => {
	const values: Record<string, unknown> = {};
	for (const text of ['a.b=1,c=true,d=null', 'list={x,y}', 'e[1].f=0123,g=a\\,b', 'h=1e3']) setValues(values, text, 'typed', () => '');
	t.deepEqual(values, {a: {b: 1n}, c: true, d: null, list: ['x', 'y'], e: [null, {f: '0123'}], g: 'a,b', h: '1e3'});
});

test('constraints of versions', t => {
	const fits = (constraint: string, version: string) => parseConstraint(constraint)!(parseVersion(version)!);
	t.true(fits('~1.2.3', '1.2.9'));
	t.false(fits('~1.2.3', '1.3.0'));
	t.true(fits('1.x || >=2.5.0, <3', '2.6.0'));
	t.false(fits('^0.2.3', '0.3.0'));
	t.false(fits('>1.0.0', '1.1.0-beta'));
	t.is(parseConstraint('nonsense'), undefined);
});

test('no template makes anything but text or an error of its own', t => {
	const names = [...functions.keys(), 'if', 'range', 'with', 'end', 'else', 'define', 'template', 'nil'];
	const words = fc.oneof(
		fc.constantFrom(...names),
		fc.constantFrom(
			'.Values.map',
			'.Values.list',
			'.',
			'$',
			'"a"',
			'1',
			'-2',
			'1.5',
			'(',
			')',
			'|',
			':=',
			'$x',
			'{{',
			'}}',
			'`',
			'"',
			'.Values.none.x',
			'true',
		),
	);
	const piece = fc.array(words, {maxLength: 6}).map(list => `{{ ${list.join(' ')} }}`);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 4}), pieces => {
			try {
				return typeof fill(pieces.join('x')) === 'string';
			} catch (error) {
				return /^(template: |kubelab: not simulated)/.test((error as Error).message);
			}
		}),
		{seed: 7, numRuns: 1500},
	);
	t.pass();
});
