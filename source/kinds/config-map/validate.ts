import {equal} from '../../api/values/plain.js';
import {each, type Errors, forbidden, invalid, tooLong} from '../errors.js';
import {configKey} from '../rules.js';
import {base64Bytes, utf8} from '../../api/values/base64.js';

const bytesMax = 1024 * 1024;

/** Models ValidateConfigMap. */
export function validateConfigMap({data = {}, binaryData = {}, immutable}: any, old?: any): Errors {
	const errors: Errors = [];
	let size = 0;
	for (const key of Object.keys(data).sort()) {
		errors.push(...each(`data[${key}]`, key, configKey(key)));
		if (Object.hasOwn(binaryData, key)) errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
		size += utf8(data[key]).length;
	}

	for (const key of Object.keys(binaryData).sort()) {
		errors.push(...each(`binaryData[${key}]`, key, configKey(key)));
		size += base64Bytes(binaryData[key]).length;
	}

	if (size > bytesMax) errors.push(tooLong('', bytesMax));
	return old?.immutable ? [...frozen({data, binaryData, immutable}, old), ...errors] : errors;
}

const text = 'field is immutable when `immutable` is set';
function frozen(now: any, old: any): Errors {
	const errors: Errors = [];
	if (!now.immutable) errors.push(forbidden('immutable', text));
	if (!equal(now.data, old.data ?? {})) errors.push(forbidden('data', text));
	if (!equal(now.binaryData, old.binaryData ?? {})) errors.push(forbidden('binaryData', text));
	return errors;
}
