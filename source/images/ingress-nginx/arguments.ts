/** What a flag takes. */
type Kind = 'text' | 'boolean' | 'number' | 'seconds';

interface Flag {
	readonly kind: Kind;
	readonly value: string;
	/** Accepted, but without effect here. */
	readonly ignored?: true;
}

const text = (value = ''): Flag => ({kind: 'text', value});
const boolean = (value: boolean): Flag => ({kind: 'boolean', value: String(value)});
const number = (value: number): Flag => ({kind: 'number', value: String(value)});
const seconds = (value: number): Flag => ({kind: 'seconds', value: `${value}s`});
const ignored = (flag: Flag): Flag => ({...flag, ignored: true});

/** Every flag of v1.11.2 with its default (pkg/flags/flags.go). */
const flags = {
	'annotations-prefix': text('nginx.ingress.kubernetes.io'),
	'apiserver-host': text(),
	'bucket-factor': ignored(number(0)),
	'certificate-authority': text(),
	configmap: text(),
	'controller-class': text('k8s.io/ingress-nginx'),
	'deep-inspect': boolean(true),
	'default-backend-service': text(),
	'default-server-port': number(8181),
	'default-ssl-certificate': text(),
	'disable-catch-all': boolean(false),
	'disable-full-test': boolean(false),
	'disable-leader-election': boolean(false),
	'disable-svc-external-name': boolean(false),
	'disable-sync-events': boolean(false),
	'dynamic-configuration-retries': number(15),
	'election-id': text('ingress-controller-leader'),
	'election-ttl': seconds(30),
	'enable-annotation-validation': boolean(false),
	'enable-metrics': boolean(true),
	'enable-ssl-chain-completion': ignored(boolean(false)),
	'enable-ssl-passthrough': boolean(false),
	'enable-topology-aware-routing': boolean(false),
	'exclude-socket-metrics': ignored(text()),
	'health-check-path': text('/healthz'),
	'health-check-timeout': number(10),
	'healthz-host': text(),
	'healthz-port': number(10_254),
	'http-port': number(80),
	'https-port': number(443),
	'ingress-class': text('nginx'),
	'ingress-class-by-name': boolean(false),
	'internal-logger-address': text('127.0.0.1:11514'),
	kubeconfig: text(),
	'length-buckets': ignored(text()),
	'max-buckets': ignored(number(100)),
	'maxmind-edition-ids': ignored(text('GeoLite2-City,GeoLite2-ASN')),
	'maxmind-license-key': ignored(text()),
	'maxmind-mirror': ignored(text()),
	'maxmind-retries-count': ignored(number(1)),
	'maxmind-retries-timeout': ignored(seconds(0)),
	'metrics-per-host': ignored(boolean(true)),
	'monitor-max-batch-size': ignored(number(10_000)),
	'post-shutdown-grace-period': number(10),
	profiling: boolean(true),
	'profiler-address': text('127.0.0.1'),
	'profiler-port': number(10_245),
	'publish-service': text(),
	'publish-status-address': text(),
	'report-node-internal-ip-address': boolean(false),
	'report-status-classes': ignored(boolean(false)),
	'shutdown-grace-period': number(0),
	'size-buckets': ignored(text()),
	'ssl-passthrough-proxy-port': number(442),
	'status-port': number(10_246),
	'status-update-interval': number(60),
	'stream-port': number(10_247),
	'sync-period': seconds(0),
	'sync-rate-limit': text('0.3'),
	'tcp-services-configmap': text(),
	'time-buckets': ignored(text()),
	'udp-services-configmap': text(),
	'update-status': boolean(true),
	'update-status-on-shutdown': boolean(true),
	v: number(0),
	'validating-webhook': text(),
	'validating-webhook-certificate': text(),
	'validating-webhook-key': text(),
	version: boolean(false),
	'watch-ingress-without-class': boolean(false),
	'watch-namespace': text(),
	'watch-namespace-selector': text(),
} satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flags;

/** The flags that were given, over their defaults. */
export type Arguments = Readonly<Record<FlagName, string>>;

export const isOn = (given: Arguments, name: FlagName): boolean => given[name] === 'true';

/** Go's durations, as far as flags use them. */
export function secondsOf(duration: string): number {
	const units: Readonly<Record<string, number>> = {h: 3600, m: 60, s: 1};
	let total = 0;
	for (const [, amount, unit] of duration.matchAll(/(\d+)([hms])/g)) total += Number(amount) * units[unit!]!;
	return total;
}

const truths: Readonly<Record<string, boolean>> = {
	1: true,
	t: true,
	T: true,
	true: true,
	TRUE: true,
	True: true,
	0: false,
	f: false,
	F: false,
	false: false,
	FALSE: false,
	False: false,
};

/** strconv.ParseBool */
export const parseBool = (value: string): boolean | undefined => truths[value];

/** The command line's flags; `error` in pflag's words. */
export function parseArguments(
	argv: readonly string[],
): {readonly given: Arguments; readonly unused: readonly string[]} | {readonly error: string} {
	const given: Record<string, string> = Object.fromEntries(Object.entries(flags).map(([name, {value}]) => [name, value]));
	const unused: string[] = [];
	for (let i = 0; i < argv.length; i++) {
		const [, name, value] = /^-{1,2}([^=]+)(?:=([\s\S]*))?$/.exec(argv[i]!) ?? [];
		if (name === undefined) continue;
		const flag: Flag | undefined = flags[name as FlagName];
		if (!flag) return {error: argv[i]!.startsWith('--') ? `unknown flag: --${name}` : `unknown shorthand flag: '${name[0]}' in -${name}`};
		const text = value ?? (flag.kind === 'boolean' ? 'true' : argv[++i]);
		if (text === undefined) return {error: `flag needs an argument: --${name}`};
		const wrong = unreadable(flag, text);
		if (wrong) return {error: `invalid argument ${JSON.stringify(text)} for "--${name}" flag: ${wrong}`};
		given[name] = flag.kind === 'boolean' ? String(parseBool(text)) : text;
		if (flag.ignored) unused.push(name);
	}

	return {given: given as Arguments, unused};
}

function unreadable({kind}: Flag, text: string): string | undefined {
	const quoted = JSON.stringify(text);
	if (kind === 'boolean' && parseBool(text) === undefined) return `strconv.ParseBool: parsing ${quoted}: invalid syntax`;
	if (kind === 'number' && !/^-?\d+(\.\d+)?$/.test(text)) return `strconv.ParseInt: parsing ${quoted}: invalid syntax`;
	if (kind === 'seconds' && !/^(\d+(ns|us|ms|s|m|h))+$|^0$/.test(text)) return `time: invalid duration ${quoted}`;
	return undefined;
}
