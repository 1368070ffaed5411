import type {KubeObject} from '../../api/object.js';
import {Walk} from '../../api/schema/decode-walk.js';
import {parseDocuments, YamlError} from '../../api/values/go-yaml.js';
import {isObject} from '../../api/values/plain.js';
import type {KubeletContext} from './context.js';

/** The pod of a manifest file as the kubelet's decoder takes it, or its words. Models tryDecodeSinglePod in pkg/kubelet/config/common.go. */
export function decodePod({api}: KubeletContext, text: string): KubeObject | string {
	let draft: unknown;
	try {
		[draft = null] = parseDocuments(text);
	} catch (error) {
		if (error instanceof YamlError) return error.message;
		throw error;
	}

	if (draft !== null && !isObject(draft))
		return `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(draft) ? 'array' : typeof draft} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
	const {apiVersion, kind} = (draft ?? {}) as {apiVersion?: string; kind?: string};
	if (!kind) return `Object 'Kind' is missing in '${JSON.stringify(draft)}'`;
	if (!apiVersion) return `Object 'apiVersion' is missing in '${JSON.stringify(draft)}'`;
	const found = api.kindOf(apiVersion, kind);
	if (!found) return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
	if (found.kind !== 'Pod') return `invalid pod: &${found.group.split('.')[0] || 'core'}.${kind}{...}`;
	const walk = new Walk();
	const pod = walk.struct(draft as Record<string, unknown>, found.schema, [], '') as KubeObject;
	return walk.failure || {...pod, apiVersion, kind};
}
