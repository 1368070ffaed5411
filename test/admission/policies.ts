import test from 'ava';
import {createServer, podOf, refusal} from '../api/_world.js';

const policy = (spec: object, name = 'rule.example.com') =>
	({
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'ValidatingAdmissionPolicy',
		metadata: {name},
		spec: {
			matchConstraints: {
				resourceRules: [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps', 'pods']}],
			},
			...spec,
		},
	}) as any;
const binding = (spec: object = {}, name = 'bound') =>
	({
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'ValidatingAdmissionPolicyBinding',
		metadata: {name},
		spec: {policyName: 'rule.example.com', validationActions: ['Deny'], ...spec},
	}) as any;
const configMap = (data: object, name = 'c', namespace = 'default', labels = {}) =>
	({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace, labels}, data}) as any;

function world(policySpec: object, bindingSpec: object = {}) {
	const server = createServer();
	server.client.create(policy(policySpec));
	server.client.create(binding(bindingSpec));
	return {...server, say: (object: any) => refusal(() => server.client.create(object))};
}

const denied = (what: string, name = 'c') =>
	`configmaps "${name}" is forbidden: ValidatingAdmissionPolicy 'rule.example.com' with binding 'bound' denied request: ${what}`;

test('a policy denies in its own words', t => {
	const validation = {expression: "object.kind != 'ConfigMap' || object.data.size != 'big'"};
	t.is(world({validations: [validation]}).say(configMap({size: 'big'})), denied(`failed expression: ${validation.expression}`));
	t.is(world({validations: [{...validation, message: 'too big'}]}).say(configMap({size: 'big'})), denied('too big'));
	const worded = {...validation, messageExpression: "'not ' + object.data.size"};
	t.is(world({validations: [worded]}).say(configMap({size: 'big'})), denied('not big'));
	t.is(world({validations: [validation]}).say(configMap({size: 'small'})), 'accepted');
	t.is(world({validations: [validation]}).say(podOf('p')), 'accepted');
});

test('the status of a denial is that of the reason', t => {
	const status = (more: object) => {
		const {ask} = world({validations: [{expression: 'false', ...more}]});
		return ask({verb: 'create', resource: 'configmaps', namespace: 'default', body: configMap({})}).body;
	};

	const {code, reason, details} = status({});
	t.deepEqual([code, reason], [422, 'Invalid']);
	t.deepEqual(details, {
		name: 'c',
		kind: 'configmaps',
		causes: [{message: denied('failed expression: false').replace(/^.*?forbidden: /, '')}],
	});
	t.is(status({reason: 'Forbidden'}).code, 403);
});

test('what cannot be judged is denied, unless the policy ignores failures', t => {
	const validations = [{expression: "object.data.size == 'big'"}];
	t.is(world({validations}).say(configMap({})), denied("expression 'object.data.size == 'big'' resulted in error: no such key: size"));
	t.is(world({validations, failurePolicy: 'Ignore'}).say(configMap({})), 'accepted');
});

test('conditions, variables and selectors say what a policy is about', t => {
	const validations = [{expression: 'variables.count < 2', message: 'too many'}];
	const variables = [{name: 'count', expression: 'size(object.data)'}];
	const two = {a: '1', b: '2'};
	const conditions = [{name: 'not-free', expression: "object.metadata.name != 'free'"}];
	const {say} = world(
		{validations, variables, matchConditions: conditions},
		{matchResources: {objectSelector: {matchLabels: {judge: 'yes'}}}},
	);
	t.is(say(configMap(two, 'c', 'default', {judge: 'yes'})), denied('too many'));
	t.is(say(configMap(two, 'free', 'default', {judge: 'yes'})), 'accepted');
	t.is(say(configMap(two, 'c')), 'accepted');
	const inNamespace = world(
		{validations, variables},
		{matchResources: {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-system'}}}},
	);
	t.is(inNamespace.say(configMap(two)), 'accepted');
	t.is(inNamespace.say(configMap(two, 'c', 'kube-system')), denied('too many'));
});

test('a warning lets pass', t => {
	const {say, warnings} = world({validations: [{expression: 'false', message: 'better not'}]}, {validationActions: ['Warn', 'Audit']});
	t.is(say(configMap({})), 'accepted');
	t.deepEqual(warnings, ["Validation failed for ValidatingAdmissionPolicy 'rule.example.com' with binding 'bound': better not"]);
});

test('parameters come from the binding', t => {
	const spec = {
		paramKind: {apiVersion: 'v1', kind: 'ConfigMap'},
		validations: [{expression: 'size(object.metadata.name) <= int(params.data.length)'}],
	};
	const paramRef = {name: 'limits', namespace: 'kube-system', parameterNotFoundAction: 'Deny'};
	const {client, say} = world(spec, {paramRef});
	t.is(say(configMap({})), denied('failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction'));
	t.is(world(spec, {paramRef: {...paramRef, parameterNotFoundAction: 'Allow'}}).say(configMap({})), 'accepted');
	client.delete('validatingadmissionpolicybindings.admissionregistration.k8s.io', undefined, 'bound');
	client.create(configMap({length: '3'}, 'limits', 'kube-system'));
	client.create(binding({paramRef}));
	t.is(say(configMap({}, 'abc')), 'accepted');
	t.is(say(configMap({}, 'abcd')), denied('failed expression: size(object.metadata.name) <= int(params.data.length)', 'abcd'));
});

test('a policy that cannot be read is refused', t => {
	const {client} = createServer();
	t.is(
		refusal(() => client.create(policy({validations: [{expression: 'object.x == foo'}]}))),
		'ValidatingAdmissionPolicy.admissionregistration.k8s.io "rule.example.com" is invalid: spec.validations[0].expression: Invalid value: "object.x == foo": ' +
			"compilation failed: ERROR: <input>:1:13: undeclared reference to 'foo' (in container '')\n | object.x == foo\n | ............^",
	);
});
