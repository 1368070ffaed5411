import {parseJson} from '../../api/http/json-text.js';
import {equal} from '../../api/values/plain.js';
import {each, type Errors, forbidden, invalid, required, tooLong} from '../errors.js';
import {configKey} from '../rules.js';
import {base64Bytes, base64Text} from '../../api/values/base64.js';

const bytesMax = 1024 * 1024;

/** Models ValidateSecret: what each type must hold. */
export function validateSecret(secret: any, old?: any): Errors {
	const data: Record<string, string> = {...secret.data, ...secret.stringData};
	const errors: Errors = [];
	let size = 0;
	for (const key of Object.keys(data).sort()) {
		errors.push(...each(`data[${key}]`, key, configKey(key)));
		size += base64Bytes(data[key]!).length;
	}

	if (size > bytesMax) errors.push(tooLong('data', bytesMax));
	errors.push(...(byType[secret.type]?.(data, secret) ?? []));
	return old ? [...changes(secret, old), ...errors] : errors;
}

const has = (data: Record<string, string>, key: string): Errors => (Object.hasOwn(data, key) ? [] : [required(`data[${key}]`)]);

const byType: Readonly<Record<string, (data: Record<string, string>, secret: any) => Errors>> = {
	'kubernetes.io/service-account-token': (_data, {metadata}) =>
		metadata.annotations?.['kubernetes.io/service-account.name']
			? []
			: [required('metadata.annotations[kubernetes.io/service-account.name]')],
	'kubernetes.io/dockercfg': data => json(data, '.dockercfg'),
	'kubernetes.io/dockerconfigjson': data => json(data, '.dockerconfigjson'),
	'kubernetes.io/basic-auth': data =>
		Object.hasOwn(data, 'username') || Object.hasOwn(data, 'password') ? [] : [required('data[username]'), required('data[password]')],
	'kubernetes.io/ssh-auth': data => (data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')]),
	'kubernetes.io/tls': data => [...has(data, 'tls.crt'), ...has(data, 'tls.key')],
};

function json(data: Record<string, string>, key: string): Errors {
	if (!Object.hasOwn(data, key)) return [required(`data[${key}]`)];
	const refused = (why: string): Errors => [invalid(`data[${key}]`, '<secret contents redacted>', why)];
	try {
		const value = parseJson(base64Text(data[key]!));
		const isMap = typeof value === 'object' && !Array.isArray(value);
		return isMap
			? []
			: refused(`json: cannot unmarshal ${Array.isArray(value) ? 'array' : goKind(value)} into Go value of type map[string]interface {}`);
	} catch (error) {
		return refused((error as Error).message);
	}
}

const goKind = (value: unknown): string => (typeof value === 'boolean' ? 'bool' : typeof value);

const frozen = 'field is immutable when `immutable` is set';
function changes(secret: any, old: any): Errors {
	const errors: Errors = secret.type === old.type ? [] : [invalid('type', secret.type, 'field is immutable')];
	if (!old.immutable) return errors;
	if (!secret.immutable) errors.push(forbidden('immutable', frozen));
	if (!equal(secret.data ?? {}, old.data ?? {})) errors.push(forbidden('data', frozen));
	return errors;
}
