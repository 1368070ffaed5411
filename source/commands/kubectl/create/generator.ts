import type {Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import type {Run} from '../../../shell/command.js';
import {flattened, usageFailure} from '../failure.js';
import {createFlags, type Flag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {dryRunOf, fieldValidationOf, writeQuery} from '../resource/dry-run.js';
import type {Call, Verb} from '../verb.js';
import {withSavedConfig} from '../apply/last-applied.js';

/** One `kubectl create <what>`: makes an object from flags and sends it. */
export interface Generator {
	readonly name: string;
	readonly aliases?: readonly string[];
	readonly summary: string;
	readonly usage: string;
	readonly flags?: readonly Flag[];
	readonly required?: readonly string[];
	/** `configmaps`; decides group, version and scope. */
	readonly resource: string;
	/** `failed to create deployment: `, before the server's refusal; absent: the refusal stands alone. */
	readonly failure?: string;
	/** Keys in the order of the Go struct. */
	make(call: Call, name: string): KubeObject;
}

export function generatorVerb(generator: Generator): Verb {
	return {
		name: generator.name,
		...(generator.aliases && {aliases: generator.aliases}),
		summary: generator.summary,
		usage: `create ${generator.usage}`,
		flags: [...(generator.flags ?? []), ...createFlags],
		...(generator.required && {required: generator.required}),
		*run(call) {
			return yield* createObject(call, generator);
		},
	};
}

function* createObject(call: Call, generator: Generator): Run {
	const {session, flags} = call;
	const name = nameFrom(call);
	const dryRun = dryRunOf(call);
	const report = reportFor(call, dryRun);
	fieldValidationOf(flags);
	let object = generator.make(call, name);
	const kind = kindOf(call, generator, object);
	const namespace = kind.namespaced ? session.namespace : undefined;
	if (kind.namespaced && session.namespaceForced)
		object = {...object, metadata: ordered({...object.metadata, namespace: session.namespace})};
	if (flags.bool('save-config')) object = withSavedConfig(object);
	if (dryRun === 'client') {
		report.done({kind, name}, 'created', object, {typed: true});
		return 0;
	}

	let created: KubeObject;
	try {
		created = session.create(kind, namespace, object, writeQuery(flags, dryRun));
	} catch (error) {
		throw generator.failure === undefined ? error : flattened(generator.failure, error);
	}

	report.done({kind, name: created.metadata.name}, 'created', created, {typed: true});
	return 0;
}

/** Client dry runs need no server: a kind that nobody serves is taken from the object itself. */
function kindOf(call: Call, generator: Generator, object: KubeObject): Kind {
	const {api} = call.session.machine.world;
	return api.kindOf(object.apiVersion, object.kind) ?? call.session.kindNamed(generator.resource);
}

/** Exactly one NAME before `--`. */
export function nameFrom(call: Call): string {
	const args = call.dash === -1 ? call.args : call.args.slice(0, call.dash);
	if (args.length !== 1) throw usageFailure(call.path, `exactly one NAME is required, got ${args.length}`);
	return args[0]!;
}

/** What stands after `--`. */
export const commandFrom = (call: Call): readonly string[] => (call.dash === -1 ? [] : call.args.slice(call.dash));

/** metav1.ObjectMeta in the order of its fields, with the null that Go prints for a time that is not set. */
export const meta = (
	name: string,
	rest: {namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string>} = {},
): any => ordered({name, ...rest});

const ordered = ({name, namespace, labels, annotations, ...rest}: any): any => ({
	name,
	...(namespace !== undefined && {namespace}),
	creationTimestamp: null,
	...rest,
	...(labels && {labels}),
	...(annotations && {annotations}),
});
