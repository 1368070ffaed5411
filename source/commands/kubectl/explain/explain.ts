import {apiVersionOf, groupResource, type Kind} from '../../../api/kind.js';
import {failure, notSimulated, rawFailure} from '../failure.js';
import type {Session} from '../session.js';
import type {Verb} from '../verb.js';
import {explained} from './layout.js';
import {schemaOf} from './open-api.js';

const explain: Verb = {
	name: 'explain',
	summary: 'Get documentation for a resource',
	group: 'Basic Commands (Intermediate):',
	usage: 'explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
	flags: [
		['api-version', 'string', ''],
		['output', 'string', 'plaintext'],
		['recursive', 'bool', 'false'],
	],
	*run({session, args, flags}) {
		if (args.length === 0)
			throw failure(
				'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
			);
		if (args.length > 1) throw failure(`We accept only this format: explain RESOURCE\n`);
		if (flags.string('output') === 'plaintext-openapiv2') throw notSimulated('kubectl explain --output=plaintext-openapiv2');
		if (/\[|\.\./.test(args[0]!)) throw failure('invalid jsonpath syntax, first node must be field node');
		const {kind, path} = resolve(session, args[0]!, flags.string('api-version'));
		if (flags.string('output') !== 'plaintext') throw failure(`unrecognized format: ${flags.string('output')}`);
		session.out(`${kind.group ? `GROUP:      ${kind.group}\n` : ''}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`);
		const schema = schemaOf(kind);
		const text = schema ? explained(schema, path, flags.bool('recursive')) : '';
		if (!text) throw failure(`field "${path.at(-1)}" does not exist`);
		session.out(`${text}\n`);
		return 0;
	},
};

export default explain;

/** `deployments.apps.spec.replicas`: a resource, perhaps with its group (only after the full plural), then fields. */
function resolve(session: Session, text: string, apiVersion: string): {kind: Kind; path: string[]} {
	const [word = '', ...path] = text.replace(/\.$/, '').split('.');
	if (word === '') throw failure('a resource must be present, got: /, Resource=');
	const first = session.api.findKind(word);
	if (!first) throw rawFailure(`the server doesn't have a resource type "${word}"`);
	if (apiVersion !== '') return {kind: kindIn(session, first, apiVersion), path};
	const found = session.api
		.kinds()
		.filter(kind => kind.plural === first.plural)
		.find(kind => text.startsWith(groupResource(kind)));
	if (!found) return {kind: first, path};
	return {kind: found, path: text.replace(/\.$/, '').slice(groupResource(found).length).split('.').filter(Boolean)};
}

function kindIn(session: Session, {kind, plural}: Kind, apiVersion: string): Kind {
	const found = session.api.kindOf(apiVersion, kind);
	if (found) return found;
	const known = session.api.kinds().some(other => apiVersionOf(other) === apiVersion);
	const resource = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Resource=${plural}`;
	if (known) throw failure(`GVR (${resource}) not found in OpenAPI schema`);
	throw failure(`couldn't find resource for "${resource}"`);
}
