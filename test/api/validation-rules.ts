import test from 'ava';
import {expression} from '../../source/api/cel/expression.js';
import {createServer, refusal} from './_world.js';

const definition = (schema: object) =>
	({
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'shops.example.com'},
		spec: {
			group: 'example.com',
			scope: 'Namespaced',
			names: {plural: 'shops', kind: 'Shop'},
			versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object', ...schema}}}],
		},
	}) as any;
const spec = (properties: object, ...rules: object[]) => ({
	properties: {spec: {type: 'object', properties, ...(rules.length > 0 && {'x-kubernetes-validations': rules})}},
});
const shop = (of: object, name = 's') =>
	({apiVersion: 'example.com/v1', kind: 'Shop', metadata: {name, namespace: 'default'}, spec: of}) as any;
const integers = {replicas: {type: 'integer'}, max: {type: 'integer'}};

function refused(schema: object, of: object): string {
	const {client} = createServer();
	client.create(definition(schema));
	return refusal(() => client.create(shop(of)));
}

test('a rule is judged in the words of the API server', t => {
	const rule = 'self.replicas <= self.max';
	const failing = {replicas: 3, max: 2};
	const say = (more: object, of: object = failing) => refused(spec(integers, {rule, ...more}), of).replace('Shop.example.com "s" is ', '');
	t.is(say({}), `invalid: spec: Invalid value: "object": failed rule: ${rule}`);
	t.is(say({message: ' too many '}), 'invalid: spec: Invalid value: "object": too many');
	t.is(say({message: 'fixed', messageExpression: "'at most ' + string(self.max)"}), 'invalid: spec: Invalid value: "object": at most 2');
	t.is(say({reason: 'FieldValueForbidden', fieldPath: '.replicas'}), `invalid: spec.replicas: Forbidden: failed rule: ${rule}`);
	t.is(say({}, {max: 2}), `invalid: spec: Invalid value: "object": no such key: replicas evaluating rule: ${rule}`);
	t.is(say({}, {replicas: 1, max: 2}), 'accepted');
	t.is(
		say({}, {replicas: 'x', max: 2}),
		'invalid: [spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string", <nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation]',
	);
});

test('self at the root, in lists and in maps', t => {
	const named = {'x-kubernetes-validations': [{rule: "self.metadata.name.startsWith('a')", message: 'begin with a'}]};
	t.is(refused({...named, ...spec(integers)}, {}), 'Shop.example.com "s" is invalid: <nil>: Invalid value: "object": begin with a');
	const word = {type: 'string', 'x-kubernetes-validations': [{rule: "self.matches('^[a-z]+$')", message: 'letters'}]};
	t.is(
		refused(spec({hosts: {type: 'array', items: word}}), {hosts: ['a', 'B']}),
		'Shop.example.com "s" is invalid: spec.hosts[1]: Invalid value: "string": letters',
	);
	t.is(
		refused(spec({labels: {type: 'object', additionalProperties: word}}), {labels: {a: 'b', c: '1'}}),
		'Shop.example.com "s" is invalid: spec.labels[c]: Invalid value: "string": letters',
	);
	const odd = {'a-b': {type: 'integer'}, namespace: {type: 'string'}};
	t.is(refused(spec(odd, {rule: "self.a__dash__b > 1 && self.__namespace__ == 'x'"}), {'a-b': 2, namespace: 'x'}), 'accepted');
});

test('a rule about a change is judged at a change; what is unchanged is left alone', t => {
	const {client} = createServer();
	const size = {type: 'string', 'x-kubernetes-validations': [{rule: 'self == oldSelf', message: 'size is immutable'}]};
	client.create(definition(spec({...integers, size})));
	const made: any = client.create(shop({size: 'big'}));
	t.is(
		refusal(() => client.update({...made, spec: {size: 'small'}})),
		'Shop.example.com "s" is invalid: spec.size: Invalid value: "string": size is immutable',
	);
	t.notThrows(() => client.update({...made, spec: {size: 'big', max: 3}}));
});

test('a definition whose rules cannot be read is refused', t => {
	const say = (rule: object) => {
		const {client} = createServer();
		return refusal(() => client.create(definition(spec(integers, rule)))).replace(
			/^.*?\.x-kubernetes-validations\[0\]\.(.*?)(?:apiextensions\.ValidationRule\{.*\})?: ((?:compilation|cel|message|rule).*)$/s,
			'$1$2',
		);
	};

	t.is(
		say({rule: 'self.replicaz <= 5'}),
		"rule: Invalid value: compilation failed: ERROR: <input>:1:5: undefined field 'replicaz'\n | self.replicaz <= 5\n | ....^",
	);
	t.is(
		say({rule: "self.max > 1 || has(self.name) && self.name == 'x'"}),
		"rule: Invalid value: compilation failed: ERROR: <input>:1:20: undefined field 'name'\n | self.max > 1 || has(self.name) && self.name == 'x'\n | ...................^\n" +
			"ERROR: <input>:1:39: undefined field 'name'\n | self.max > 1 || has(self.name) && self.name == 'x'\n | ......................................^",
	);
	t.is(
		say({rule: "self.max == 'a' + 1"}),
		"rule: Invalid value: compilation failed: ERROR: <input>:1:17: found no matching overload for '_+_' applied to '(string, int)'\n | self.max == 'a' + 1\n | ................^",
	);
	t.is(say({rule: 'self.max'}), 'rule: Invalid value: cel expression must evaluate to a bool');
	t.is(say({rule: ' '}), 'rule: Required valuerule is not specified');
	t.is(say({rule: 'self == oldSelf'}), 'accepted');
});

test('what Kubernetes adds to the language', t => {
	const holds = (text: string) => expression(text, []).evaluate({});
	for (const text of [
		'[1, 2, 3].isSorted()',
		'[1, 2, 3].sum() == 6',
		'[1, 2, 3].max() == 3',
		"'%s-%d %.2f'.format(['a', 2, 1.5]) == 'a-2 1.50'",
		"quantity('1Gi').isGreaterThan(quantity('1000Mi'))",
		"quantity('200m').add(quantity('300m')).compareTo(quantity('0.5')) == 0",
		'sets.contains([1, 2], [2])',
		"'abc 123'.find('[0-9]+') == '123'",
		"optional.of({'a': 1}).?a.orValue(2) == 1",
		"duration('90s') > duration('1m') && timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026",
	])
		t.deepEqual(holds(text), {value: true}, text);
});

test('a hostile expression costs nothing', t => {
	const list = '[1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9,10]';
	const nested = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].reduce((inner, name) => `${list}.all(${name}, ${inner})`, 'true');
	t.deepEqual(expression(nested, []).evaluate({}), {error: 'operation cancelled: actual cost limit exceeded'});
	t.truthy(expression('('.repeat(5000), []).error);
});

test('rules compute with addresses, networks and URLs', t => {
	const say = (text: string) => {
		const read = expression(text, ['self']);
		return read.error ?? Object.values(read.evaluate({self: {address: '10.1.2.3'}}))[0];
	};
	const holds = [
		"isIP('10.0.0.1') && !isIP('10.0.0.256') && !isIP('01.2.3.4') && !isIP('::ffff:1.2.3.4')",
		"ip('127.0.0.1').isLoopback() && !ip('127.0.0.1').isGlobalUnicast() && ip('::1').family() == 6",
		"ip.isCanonical('2001:db8::1') && !ip.isCanonical('2001:DB8::1') && string(ip('1:0:0:2:0:0:0:3')) == '1:0:0:2::3'",
		"cidr('10.0.0.0/8').containsIP(self.address) && !cidr('10.0.0.0/16').containsIP(ip(self.address))",
		"cidr('10.0.0.0/8').containsCIDR('10.9.0.0/16') && string(cidr('10.0.0.5/24').masked()) == '10.0.0.0/24'",
		"url('https://a.b:8080/c?x=1&x=2').getPort() == '8080' && url('https://a.b/c?x=1&x=2').getQuery()['x'] == ['1', '2'] && !isURL('a b')",
	];
	for (const text of holds) t.is(say(text), true, text);
	t.is(say("ip('x')"), 'IP Address "x" parse error during conversion from string: ParseAddr("x"): unable to parse IP');
});
