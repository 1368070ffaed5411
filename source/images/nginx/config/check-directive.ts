import {type DirectiveRule, rulesOf, type ValueKind} from './directive-table.js';
import {isKnown} from './directives.js';
import {ConfigurationError} from './error.js';
import {valueProblem} from './check-values.js';

/** A directive as it is read; `line` is where its `;` or `{` stands, by which nginx names it. */
export interface Read {
	readonly name: string;
	readonly args: readonly string[];
	readonly file: string;
	readonly line: number;
	/** A `{` follows. */
	readonly opens: boolean;
}

/** Refuses what ngx_conf_handler refuses (src/core/ngx_conf_file.c). `context`: a letter of `contexts`; absent: of no block that is known here. `seen`: what the same block holds before it. */
export function checkDirective(read: Read, context: string | undefined, seen: Set<string>): void {
	const {name, args, file, line, opens} = read;
	const fail = (text: string): never => {
		throw new ConfigurationError(`${text} in ${file}:${line}`);
	};
	if (!isKnown(name)) fail(`unknown directive "${name}"`);
	const rules = rulesOf(name);
	if (rules.length === 0 || context === undefined) return;
	const rule = rules.find(each => each.contexts.includes(context)) ?? fail(`"${name}" directive is not allowed here`);
	if (!rule.block && opens) fail(`directive "${name}" is not terminated by ";"`);
	if (rule.block && !opens) fail(`directive "${name}" has no opening "{"`);
	if (args.length < rule.least || args.length > rule.most) fail(`invalid number of arguments in "${name}" directive`);
	if (!rule.block && !repeatable(name) && seen.has(name)) fail(`"${name}" directive is duplicate`);
	seen.add(name);
	const problem = kindProblem(rule, name, args[0] ?? '') ?? valueProblem(name, args, context);
	if (problem) fail(problem);
}

/** What may stand in a block more than once. */
const repeated = new Set(
	`access_log add_header add_trailer allow break deny env error_log error_page include index js_import least_conn limit_conn limit_conn_zone limit_req limit_req_zone
	listen load_module log_format mirror proxy_cookie_domain proxy_cookie_flags proxy_cookie_path proxy_redirect random return rewrite server server_name set
	auth_request_set set_real_ip_from ssl_certificate ssl_certificate_key ssl_protocols ssl_session_cache ssl_session_ticket_key stub_status sub_filter userid_flags
	modern_browser modern_browser_value ancient_browser ancient_browser_value valid_referers keepalive_disable gzip_disable gzip_proxied debug_connection dav_methods
	debug_points flv mp4 empty_gif thread_pool`.split(/\s+/),
);
const repeatedFamilies =
	/_(types|param|cache_bypass|cache_path|cache_methods|cache_use_stale|cache_valid|hide_header|pass_header|set_header|no_cache|next_upstream|ssl_conf_command|ignore_headers)$|^ssl_conf_command$|^js_/;
const repeatable = (name: string): boolean => repeated.has(name) || repeatedFamilies.test(name);

const forms: Readonly<Record<Exclude<ValueKind, 'flag'>, RegExp>> = {
	size: /^\d+[km]?$/i,
	offset: /^\d+[kmg]?$/i,
	msec: /^(?=.)(\d+y ?)?(\d+M ?)?(\d+w ?)?(\d+d ?)?(\d+h ?)?(\d+m ?)?(\d+s ?)?(\d+(ms)?)?$/,
	sec: /^(?=.)(\d+y ?)?(\d+M ?)?(\d+w ?)?(\d+d ?)?(\d+h ?)?(\d+m ?)?(\d+s?)?$/,
	number: /^\d+$/,
};

function kindProblem({kind}: DirectiveRule, name: string, value: string): string | undefined {
	if (kind === undefined || value.includes('$')) return undefined;
	if (kind === 'flag')
		return /^(on|off)$/i.test(value) ? undefined : `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`;
	if (forms[kind].test(value)) return undefined;
	return kind === 'number' ? `"${name}" directive invalid number` : `"${name}" directive invalid value`;
}

/** The letter of a block that begins in another one. */
export function contextWithin(name: string, context: string | undefined): string | undefined {
	if (context === undefined) return undefined;
	return inside[name]?.[context] ?? inside[name]?.['*'];
}

const inside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	events: {'*': 'e'},
	http: {'*': 'h'},
	stream: {'*': 'S'},
	mail: {'*': 'M'},
	server: {h: 's', S: 'T', M: 'N'},
	upstream: {h: 'u', S: 'U'},
	location: {'*': 'l'},
	if: {s: 'i', l: 'f'},
	limit_except: {'*': 'x'},
};
