import {defaultUpstream} from '../compile/draft.js';
import type {Server} from '../configuration.js';
import type {Options} from '../options.js';
import {block, type Line} from './lines.js';

/** What a default backend is told about the error it is to show. */
export const errorHeaders = (status: number): readonly Line[] => [
	`proxy_set_header       X-Code             ${status};`,
	'proxy_set_header       X-Format           $http_accept;',
	'proxy_set_header       X-Namespace        $namespace;',
	'proxy_set_header       X-Ingress-Name     $ingress_name;',
	'proxy_set_header       X-Service-Name     $service_name;',
	'proxy_set_header       X-Service-Port     $service_port;',
	'proxy_set_header       X-Request-ID       $req_id;',
];

/** Named locations in which errors are shown: one for each upstream and status. */
export function errorLocations({locations}: Server, {customHttpErrors}: Options): readonly Line[] {
	const pages = new Map<string, readonly [upstream: string, code: number]>();
	const add = (upstream: string, code: number) => pages.set(errorPage(upstream, code), [upstream, code]);
	for (const code of customHttpErrors) add(defaultUpstream, code);
	for (const location of locations) for (const code of location.customHttpErrors) add(location.defaultBackendUpstream, code);
	return [...pages].flatMap(([name, [upstream, code]]): Line[] => [
		block(
			`location ${name}`,
			'internal;',
			'',
			'proxy_intercept_errors off;',
			'',
			...errorHeaders(code),
			'proxy_set_header       X-Original-URI     $request_uri;',
			'proxy_set_header       Host               $best_http_host;',
			'',
			`set $proxy_upstream_name "${upstream}";`,
			'',
			'rewrite                (.*) / break;',
			'',
			'proxy_pass            http://upstream_balancer;',
		),
		'',
	]);
}

export const errorPage = (upstream: string, code: number): string => `@custom_${upstream}_${code}`;
