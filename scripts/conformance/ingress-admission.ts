import type {KubeObject} from '../../source/api/object.js';
import {checkIngress} from '../../source/images/ingress-nginx/admission/check.js';
import {checkPath, checkValue} from '../../source/images/ingress-nginx/admission/inspect.js';
import {extractAnnotations} from '../../source/images/ingress-nginx/annotations/extract.js';
import {parseArguments} from '../../source/images/ingress-nginx/arguments.js';
import type {ParsedIngress, View} from '../../source/images/ingress-nginx/compile/view.js';
import {nginxConf} from '../../source/images/ingress-nginx/conf/nginx-conf.js';
import {silence} from '../../source/images/ingress-nginx/log.js';
import {readOptions} from '../../source/images/ingress-nginx/read-options.js';
import {type Line, type Result, tally} from './case.js';

/** What the webhook of ingress-nginx says to an Ingress, or to a single path. */
export const run = (lines: readonly Line[]): Result =>
	tally(lines, line => {
		const {given, expect, when, kind} = line;
		if (kind === 'checkRegex') return verdict(checkValue(given.value), expect);
		if (kind === 'pathType') return verdict(checkPath(given.path, given.pathType), expect);
		return verdict(judge(when.apply, given), {...expect, message: expect.message?.replace(denied, '')});
	});

const denied = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: ';

function verdict(refusal: string | undefined, {accepted, message, messageContains}: any): true | string {
	if ((refusal === undefined) !== accepted) return refusal ?? 'accepted';
	if (message !== undefined && refusal !== message) return `${refusal}, not ${message}`;
	return !messageContains || refusal!.includes(messageContains) || refusal!;
}

const certificate = {name: 'fake', namespace: '', certificate: '', key: '', names: [], uid: '', expires: '2027-01-01T00:00:00Z', sha: ''};

function judge(ingress: KubeObject, {objects = [], configMap = {}, arguments: flags = []}: any): string | undefined {
	const parsed = parseArguments(flags);
	if ('error' in parsed) return parsed.error;
	const {given} = parsed;
	const ofKind = (kind: string) => objects.filter((each: KubeObject) => each.kind === kind);
	const find = (kind: string) => (key: string) =>
		ofKind(kind).find(({metadata}: KubeObject) => `${metadata.namespace ?? 'default'}/${metadata.name}` === key);
	const view: View = {
		given,
		options: readOptions(configMap, silence, () => {}),
		log: silence,
		nowMs: 0,
		fakeCertificate: certificate,
		secret: find('Secret'),
		configMap: find('ConfigMap'),
		service: find('Service'),
		slices: () => [],
		certificate: key => ({error: key}),
	};
	const parse = (object: KubeObject): ParsedIngress => ({
		object,
		annotations: extractAnnotations(object, view, {prefix: given['annotations-prefix'], validates: true, log: silence}),
	});
	const classes = ['nginx', ...ofKind('IngressClass').map(({metadata}: KubeObject) => metadata.name)];
	const {namespace, name} = ingress.metadata;
	// The API server has dated each before the webhook sees it.
	const dated = (object: KubeObject, at: number): KubeObject => ({
		...object,
		metadata: {...object.metadata, creationTimestamp: `2026-11-21T00:00:${String(at).padStart(2, '0')}Z`},
	});
	const others = ofKind('Ingress')
		.map(dated)
		.filter(({metadata}: KubeObject) => metadata.name !== name || metadata.namespace !== namespace);
	return checkIngress(dated(ingress, 59), {
		view,
		log: silence,
		classes,
		others: () => others.map(parse),
		parse,
		text: configuration => nginxConf(configuration, {given, nameServers: []}),
	});
}
