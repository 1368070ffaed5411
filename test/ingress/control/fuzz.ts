import test from 'ava';
import fc from 'fast-check';
import {fields} from '../../../source/images/ingress-nginx/annotations/fields.js';
import {AnnotationError} from '../../../source/images/ingress-nginx/annotations/reader.js';
import {nginxConf} from '../../../source/images/ingress-nginx/conf/nginx-conf.js';
import {testConfiguration} from '../../../source/images/ingress-nginx/conf/test.js';
import {defaultOptions} from '../../../source/images/ingress-nginx/options.js';
import {compiled, prefix, viewFor} from '../../helpers/ingress-view.js';

const word = fc.oneof(
	fc.string({maxLength: 12}),
	fc.constantFrom('', 'true', 'off', '5', '-1', '10.0.0.0/8', 'a/b/c', 'http://x', '$host', '/(', '[', '\\', '}', ';', '\n', 'default/web'),
);
const name = fc.constantFrom('a', 'b', 'web', 'constructor', '__proto__');
const backend = fc.oneof(
	fc.record({service: fc.record({name, port: fc.oneof(fc.record({number: fc.integer({min: 1, max: 65_535})}), fc.record({name}))})}),
	fc.constant({resource: {kind: 'Bucket', name: 'b'}}),
);
const path = fc.record({
	path: fc.oneof(word, fc.constant(undefined)),
	pathType: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
	backend,
});
const ingress = fc.record({
	annotations: fc.dictionary(
		fc.constantFrom(...fields.keys()).map(each => `${prefix}/${each}`),
		word,
		{maxKeys: 12},
	),
	spec: fc.record(
		{
			defaultBackend: backend,
			rules: fc.array(fc.record({host: word, http: fc.record({paths: fc.array(path, {minLength: 1, maxLength: 3})})}, {requiredKeys: []}), {
				maxLength: 3,
			}),
			tls: fc.array(fc.record({hosts: fc.array(word), secretName: name}, {requiredKeys: []}), {maxLength: 2}),
		},
		{requiredKeys: []},
	),
});
const optionKeys = Object.keys(defaultOptions).map(key => key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`));
const configMap = fc.dictionary(fc.constantFrom(...optionKeys, 'global-auth-url', 'proxy-body-size', 'nonsense'), word, {maxKeys: 8});
const secret = fc.dictionary(
	fc.constantFrom('tls.crt', 'tls.key', 'ca.crt', 'auth'),
	word.map(text => Buffer.from(text).toString('base64')),
);

test('no annotation, rule, Secret or ConfigMap makes the controller fall', t => {
	const property = fc.property(fc.array(ingress, {maxLength: 4}), configMap, secret, (drafts, data, secretData) => {
		const objects = [
			...['a', 'web'].map(each => ({apiVersion: 'v1', kind: 'Secret', metadata: {name: each, namespace: 'default'}, data: secretData})),
			{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'web', namespace: 'default'}, data},
		];
		const ingresses = drafts.map(({annotations, spec}, i) => ({
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: {name: `i${i}`, namespace: 'default', annotations},
			spec: spec as object,
		}));
		try {
			const {configuration} = compiled(ingresses, {objects, configMap: data});
			const text = nginxConf(configuration, {given: viewFor({}).given, nameServers: []});
			testConfiguration(configuration, () => text, 0);
		} catch (error) {
			if (!(error instanceof AnnotationError)) throw error;
		}
	});
	t.notThrows(() => fc.assert(property, {numRuns: 150, seed: 7}));
});
