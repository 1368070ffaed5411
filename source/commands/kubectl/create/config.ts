import {bytesBase64, utf8, utf8Bytes} from '../config/identity.js';
import {failure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import type {KubeObject} from '../../../api/object.js';
import type {Call} from '../verb.js';
import {withHash} from './append-hash.js';
import {type Entries, isUtf8, readFile, readSources, sourceFlags} from './config-sources.js';
import {type Generator, meta} from './generator.js';
import {loadX509KeyPair} from '../../../tls/key-pair.js';

const hashed = (call: Call, object: KubeObject): KubeObject => (call.flags.bool('append-hash') ? withHash(object) : object);
const sorted = (entries: Entries) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

export const configMap: Generator = {
	name: 'configmap',
	aliases: ['cm'],
	summary: 'Create a config map from a local file, directory or literal value',
	usage: 'configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
	flags: sourceFlags,
	resource: 'configmaps',
	failure: 'failed to create configmap: ',
	make(call, name) {
		const entries = sorted(readSources(call, {kind: 'ConfigMap', name}));
		const text = entries.filter(([, bytes]) => isUtf8(bytes)).map(([key, bytes]) => [key, utf8(bytes)]);
		const binary = entries.filter(([, bytes]) => !isUtf8(bytes)).map(([key, bytes]) => [key, bytesBase64(bytes)]);
		return hashed(call, {
			kind: 'ConfigMap',
			apiVersion: 'v1',
			metadata: meta(name),
			...(text.length > 0 && {data: Object.fromEntries(text)}),
			...(binary.length > 0 && {binaryData: Object.fromEntries(binary)}),
		});
	},
};

const secret = (name: string, entries: Entries, type: string): KubeObject => ({
	kind: 'Secret',
	apiVersion: 'v1',
	metadata: meta(name),
	...(entries.size > 0 && {data: Object.fromEntries(sorted(entries).map(([key, bytes]) => [key, bytesBase64(bytes)]))}),
	...(type && {type}),
});

export const genericSecret: Generator = {
	name: 'generic',
	summary: 'Create a secret from a local file, directory, or literal value',
	usage: 'secret generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
	flags: [...sourceFlags, ['type', 'string', '']],
	resource: 'secrets',
	failure: 'failed to create secret ',
	make: (call, name) => hashed(call, secret(name, readSources(call, {kind: 'Secret', name}), call.flags.string('type'))),
};

const hashFlag: readonly Flag[] = [['append-hash', 'bool', 'false']];

export const tlsSecret: Generator = {
	name: 'tls',
	summary: 'Create a TLS secret',
	usage: 'secret tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
	flags: [...hashFlag, ['cert', 'string', ''], ['key', 'string', '']],
	resource: 'secrets',
	failure: 'failed to create secret ',
	make(call, name) {
		const [key, cert] = [call.flags.string('key'), call.flags.string('cert')];
		if (key === '' || cert === '') throw failure('key and cert must be specified');
		const certText = readFile(call, cert);
		const keyText = readFile(call, key);
		const {error} = loadX509KeyPair(certText, keyText);
		if (error) throw failure(error);
		return hashed(
			call,
			secret(
				name,
				new Map([
					['tls.crt', utf8Bytes(certText)],
					['tls.key', utf8Bytes(keyText)],
				]),
				'kubernetes.io/tls',
			),
		);
	},
};

export const dockerRegistrySecret: Generator = {
	name: 'docker-registry',
	summary: 'Create a secret for use with a Docker registry',
	usage:
		'secret docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
	flags: [
		...hashFlag,
		['docker-email', 'string', ''],
		['docker-password', 'string', ''],
		['docker-server', 'string', 'https://index.docker.io/v1/'],
		['docker-username', 'string', ''],
		['from-file', 'strings', ''],
	],
	resource: 'secrets',
	failure: 'failed to create secret ',
	make(call, name) {
		const {flags} = call;
		const type = 'kubernetes.io/dockerconfigjson';
		const files = flags.list('from-file');
		const [server, username, password, email] = ['server', 'username', 'password', 'email'].map(part => flags.string(`docker-${part}`)) as [
			string,
			string,
			string,
			string,
		];
		if (files.length === 0 && (username === '' || password === '' || server === '')) {
			throw failure('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required');
		}

		if (files.length > 0) return hashed(call, secret(name, readSources(call, {kind: 'Secret', name, fileKey: '.dockerconfigjson'}), type));
		const auth = bytesBase64(utf8Bytes(`${username}:${password}`));
		const config = JSON.stringify({auths: {[server]: {username, password, ...(email && {email}), auth}}});
		return hashed(call, secret(name, new Map([['.dockerconfigjson', utf8Bytes(config)]]), type));
	},
};
