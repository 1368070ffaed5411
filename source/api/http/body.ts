import {parse as parseYaml} from 'yaml';
import {badRequest} from '../errors.js';
import {ApiError} from '../status.js';
import {parseJson, summary} from './json-text.js';
import {mediaTypeOf} from './media.js';
import {sortOf} from '../schema/decode-walk.js';
import {isObject} from '../values/plain.js';

/** The object that a POST, PUT or DELETE carries, as text. `kind` is what the path asks for. */
export function readObjectText(text: string, contentType: string | undefined, kind: string): unknown {
	const media = mediaTypeOf(contentType);
	if (media === 'application/yaml') return typed(readYaml(text, kind), text, kind);
	if (media !== '' && media !== 'application/json')
		throw new ApiError(
			415,
			'UnsupportedMediaType',
			'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
		);
	let value: unknown;
	try {
		value = parseJson(text);
	} catch (error) {
		throw unrecognized(kind, `${noKind}: ${(error as Error).message} (${summary(text)})`);
	}

	return typed(value, text, kind);
}

const noKind = `couldn't get version/kind; json parse error`;
const typeMeta = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

/** What says which type it is must be readable, whatever the rest is; of null there is nothing to read. */
function typed(value: unknown, text: string, kind: string): unknown {
	if (value === null) return {};
	const refuse = (what: string) => unrecognized(kind, `${noKind}: json: cannot unmarshal ${what} (${summary(text)})`);
	if (!isObject(value)) throw refuse(`${sortOf(value)} into Go value of type ${typeMeta}`);
	for (const field of ['apiVersion', 'kind'])
		if (value[field] !== null && value[field] !== undefined && typeof value[field] !== 'string')
			throw refuse(`${sortOf(value[field])} into Go struct field .${field} of type string`);
	return value;
}

export const unrecognized = (kind: string, why: string) =>
	badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why}`);

function readYaml(text: string, kind: string): unknown {
	try {
		// Once more through JSON: no aliases, no special keys, no YAML types that JSON lacks.
		return parseJson(JSON.stringify(parseYaml(text, {maxAliasCount: 100, logLevel: 'error'}) ?? null));
	} catch (error) {
		throw unrecognized(kind, `yaml: ${yamlProblem(error)} (${summary(text)})`);
	}
}

const yamlProblem = (error: unknown): string => {
	const [line = ''] = (error as Error).message.split('\n');
	return /circular/.test(line) ? 'anchor value contains itself' : line;
};

/** The patch that a PATCH carries; only an applied configuration may be YAML. */
export function readPatch(text: string, type: string): unknown {
	if (type === 'apply') {
		try {
			return parseJson(JSON.stringify(parseYaml(text, {maxAliasCount: 100, logLevel: 'error'}) ?? null));
		} catch (error) {
			throw badRequest(`error decoding YAML: ${yamlProblem(error)}`);
		}
	}

	try {
		return parseJson(text);
	} catch (error) {
		throw badRequest(`${type === 'strategic' ? '' : 'error decoding patch: '}${(error as Error).message}`);
	}
}
