import {groupResource} from '../../../api/kind.js';
import {hasReason, statusOf} from '../failure.js';
import {quotedResource, type Target} from '../resource/target.js';
import type {Reason} from './file-text.js';

/** What went wrong when a file was saved: some of it can be mended in the editor. */
export class Results {
	reasons: Reason[] = [];
	/** Refused for what the editor cannot mend. */
	retryable = false;
	notFound = false;

	/** Notes a refusal; answers what stderr says of it at once. */
	add(error: unknown, {kind, name}: Target): string {
		const named = quotedResource(kind, name);
		const status = statusOf(error);
		if (status && hasReason(error, 'Invalid')) {
			const causes = status.details?.causes ?? [];
			this.reasons.push({head: `${named} was not valid`, other: causes.map(({field, message}) => `${field ?? ''}: ${message}`)});
			return `error: ${named} is invalid`;
		}

		if (status && hasReason(error, 'NotFound')) {
			this.notFound = true;
			return `error: ${named} could not be found on the server`;
		}

		this.retryable = true;
		return `error: ${named} could not be patched: ${(error as Error).message}`;
	}

	/** The file itself is not what a Kubernetes object can be read from. */
	invalidFile({kind, name}: Pick<Target, 'kind' | 'name'>, problem: string): string {
		const named = `${groupResource(kind)} ${JSON.stringify(name)}`;
		const why = `<nil>: Invalid value: "The edited file failed validation": ${problem}`;
		this.reasons.push({head: `${named} was not valid`, other: [why]});
		return `error: ${named} is invalid`;
	}
}
