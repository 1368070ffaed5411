import {isLabel1035} from '../../api/selector/label-syntax.js';
import {each, type Errors, forbidden, invalid, items, oneOf, required} from '../errors.js';
import {goStrings} from '../rules.js';
import {validateClientConfig} from '../webhook-client.js';

/** How objects get from version to version. Models validateCustomResourceConversion. */
const accepted = ['v1', 'v1beta1'];

export function validateConversion(path: string, conversion: any): Errors {
	if (!conversion) return [];
	const {strategy, webhook} = conversion;
	const errors = oneOf(`${path}.strategy`, strategy, ['None', 'Webhook']);
	const client = webhook?.clientConfig;
	const reviews: readonly string[] = webhook?.conversionReviewVersions ?? [];
	const why = 'should not be set when strategy is not set to Webhook';
	if (strategy !== 'Webhook') {
		if (client) errors.push(forbidden(`${path}.webhookClientConfig`, why));
		return reviews.length > 0 ? [...errors, forbidden(`${path}.conversionReviewVersions`, why)] : errors;
	}

	if (!client) errors.push(required(`${path}.webhookClientConfig`, 'required when strategy is set to Webhook'));
	else errors.push(...validateClientConfig(`${path}.webhookClientConfig`, client));
	const field = `${path}.conversionReviewVersions`;
	if (reviews.length === 0) return [...errors, required(field)];
	const seen = new Set<string>();
	errors.push(
		...items(field, reviews, (version, at) => {
			if (seen.has(version)) return [invalid(at, version, 'duplicate version')];
			seen.add(version);
			return each(at, version, isLabel1035(version));
		}),
	);
	if (!reviews.some(version => accepted.includes(version)))
		errors.push(invalid(field, goStrings(reviews), `must include at least one of ${accepted.join(', ')}`));
	return errors;
}
