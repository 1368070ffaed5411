type Labels = Readonly<Record<string, string>> | undefined;

/** meta/v1 LabelSelector. */
export interface LabelSelector {
	readonly matchLabels?: Readonly<Record<string, string>>;
	readonly matchExpressions?: ReadonlyArray<{
		readonly key: string;
		readonly operator: string;
		readonly values?: readonly string[];
	}>;
}

/** No selector matches nothing, an empty one everything (meta/v1 LabelSelectorAsSelector). */
export function selects(selector: LabelSelector | undefined | null, labels: Labels): boolean {
	if (!selector) return false;
	return (
		isSubset(selector.matchLabels ?? {}, labels) &&
		(selector.matchExpressions ?? []).every(expression => satisfies(expression, labels ?? {}))
	);
}

/** Whether all of `wanted` is in `labels`: a Service's selector. */
export function isSubset(wanted: Readonly<Record<string, string>>, labels: Labels): boolean {
	for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
	return true;
}

function satisfies(
	{key, operator, values = []}: {key: string; operator: string; values?: readonly string[]},
	labels: Readonly<Record<string, string>>,
): boolean {
	const has = Object.hasOwn(labels, key);
	const value = labels[key] ?? '';
	switch (operator) {
		case 'In':
			return has && values.includes(value);
		case 'NotIn':
			return !has || !values.includes(value);
		case 'Exists':
			return has;
		case 'DoesNotExist':
			return !has;
		case 'Gt':
		case 'Lt': {
			const [left, right] = [Number.parseInt(value, 10), Number.parseInt(values[0] ?? '', 10)];
			return has && (operator === 'Gt' ? left > right : left < right);
		}

		default:
			return false;
	}
}
