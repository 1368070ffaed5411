import {EngineError} from '../../../../node/engine/model.js';
import {parseReference} from '../../../../node/image/image-reference.js';
import {savedCredentials} from '../system/credentials.js';
import type {Steps} from '../verb.js';
import {DockerfileError, type Instruction} from './dockerfile.js';
import type {Stage} from './stages.js';
import type {ResolvedImage} from '../../../../node/registry/manifest.js';

import type {Build} from './build-state.js';

export const earlier = ({plan}: Build, stage: Stage) =>
	plan.stages.slice(0, stage.index).findLast(each => each.name === stage.base.toLowerCase());

/** The manifests of all images that stages stand on. */
export function* loadBases(build: Build, stages: readonly Stage[]): Steps<ReadonlyMap<string, ResolvedImage>> {
	const result = new Map<string, ResolvedImage>();
	for (const stage of stages) {
		if (stage.base === 'scratch' || earlier(build, stage) || result.has(stage.base)) continue;
		result.set(stage.base, yield* loadImage(build, stage.base, stage.from));
	}

	return result;
}

export function* loadImage({call, progress}: Build, name: string, its: Instruction): Steps<ResolvedImage> {
	const {engine, values, io} = call;
	const reference = parseReference(name);
	if ('error' in reference) throw new DockerfileError(`failed to parse stage name "${name}": ${reference.error}`, its.line, its.lastLine);
	const local = engine.images.find(name);
	const vertex = progress.begin(`[internal] load metadata for ${reference.name}`);
	if (local && !values.bool('pull')) {
		vertex.done();
		return local.resolved;
	}

	try {
		yield {sleepMs: 400};
		const found = engine.fetch(reference, savedCredentials(io, reference.registry));
		vertex.done();
		return found;
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		const isHidden = error.message.startsWith('pull access denied');
		const why = isHidden
			? 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'
			: /not found/.test(error.message)
				? `${reference.name}: not found`
				: error.message;
		const text = `${name}: failed to resolve source metadata for ${reference.name}: ${why}`;
		vertex.failed(text.slice(text.indexOf(': ') + 2));
		throw new DockerfileError(text, its.line, its.lastLine);
	}
}
