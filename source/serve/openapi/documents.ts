import {createHash} from 'node:crypto';
import {discover} from '../../api/verbs/discovery.js';
import {apiVersionOf, type Kind} from '../../api/kind.js';
import {definitionsOf} from './definitions.js';
import {pathsOf} from './paths.js';

const info = {title: 'Kubernetes', version: 'v1.33.1'};

/** `/openapi/v3`: where each group and version is described. The hash changes whenever the description does. */
export function index(kinds: readonly Kind[]): object {
	const {groups} = discover(kinds, '/apis', '') as {groups: Array<{name: string; versions: Array<{groupVersion: string}>}>};
	const names = [
		'.well-known/openid-configuration',
		'api',
		'api/v1',
		'apis',
		...groups.flatMap(({name, versions}) => [`apis/${name}`, ...versions.map(({groupVersion}) => `apis/${groupVersion}`)]),
		'openid/v1/jwks',
		'version',
	].sort();
	return {paths: Object.fromEntries(names.map(name => [name, {serverRelativeURL: `/openapi/v3/${name}?hash=${hashOf(kinds, name)}`}]))};
}

function hashOf(kinds: readonly Kind[], name: string): string {
	const described = membersOf(kinds, name).map(({kind, plural, customSchema, verbs}) => [kind, plural, customSchema, verbs]);
	return createHash('sha512')
		.update(JSON.stringify([name, info, described]))
		.digest('hex')
		.toUpperCase();
}

const membersOf = (kinds: readonly Kind[], name: string) =>
	kinds.filter(kind => name === (kind.group ? `apis/${apiVersionOf(kind)}` : `api/${kind.version}`));

/** `/openapi/v3/apis/apps/v1`; undefined for a path that the index does not list. */
export function documentV3(kinds: readonly Kind[], name: string): object | undefined {
	if (!Object.hasOwn((index(kinds) as {paths: object}).paths, name)) return undefined;
	const members = membersOf(kinds, name);
	const schemas = definitionsOf(members, {refs: '#/components/schemas/', wraps: true});
	return {
		openapi: '3.0.0',
		info,
		paths: pathsOf(members, 'v3'),
		components: {
			schemas,
			securitySchemes: {BearerToken: {type: 'apiKey', description: 'Bearer Token authentication', name: 'authorization', in: 'header'}},
		},
	};
}

/** `/openapi/v2`: everything in one document. */
export function documentV2(kinds: readonly Kind[]) {
	return {
		swagger: '2.0',
		info,
		paths: pathsOf(kinds, 'v2'),
		definitions: definitionsOf(kinds, {refs: '#/definitions/', wraps: false}),
	};
}
