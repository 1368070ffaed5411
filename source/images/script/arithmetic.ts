/** `$(( ))`: 64-bit integers in a real shell; whole numbers as exact as JavaScript has them here. */
export class ArithmeticError extends Error {}

export interface Variables {
	get(name: string): string | undefined;
	set(name: string, value: string): void;
}

const operators: ReadonlyArray<readonly string[]> = [
	['||'],
	['&&'],
	['|'],
	['^'],
	['&'],
	['==', '!='],
	['<=', '>=', '<', '>'],
	['<<', '>>'],
	['+', '-'],
	['*', '/', '%'],
	['**'],
];
const tokenPattern =
	/\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|\*\*|<<=|>>=|\|\||&&|==|!=|<=|>=|<<|>>|\+\+|--|[-+*/%&|^]=|[-+*/%&|^~!<>=?:(),])/y;

/** The text must have had its `$` expansions already. */
export function evaluate(text: string, variables: Variables): number {
	const tokens: string[] = [];
	tokenPattern.lastIndex = 0;
	for (let rest = 0; text.slice(rest).trim() !== ''; rest = tokenPattern.lastIndex) {
		tokenPattern.lastIndex = rest;
		const match = tokenPattern.exec(text);
		if (!match) throw new ArithmeticError(`arithmetic syntax error`);
		tokens.push(match[1]!);
	}

	let at = 0;
	const peek = () => tokens[at];
	const read = (name: string): number => Number(variables.get(name) || 0) || 0;
	const isName = (token: string | undefined) => token !== undefined && /^[A-Za-z_]/.test(token);

	const expression = (): number => {
		let value = assignment();
		while (peek() === ',') {
			at++;
			value = assignment();
		}

		return value;
	};

	const assignment = (): number => {
		const operator = tokens[at + 1];
		if (isName(peek()) && operator && /^(?:=|[-+*/%&|^]=|<<=|>>=)$/.test(operator)) {
			const name = tokens[at]!;
			at += 2;
			const right = assignment();
			const value = operator === '=' ? right : apply(operator.slice(0, -1), read(name), right);
			variables.set(name, String(value));
			return value;
		}

		return ternary();
	};

	const ternary = (): number => {
		const condition = binary(0);
		if (peek() !== '?') return condition;
		at++;
		const yes = assignment();
		if (tokens[at++] !== ':') throw new ArithmeticError('arithmetic syntax error');
		const no = assignment();
		return condition ? yes : no;
	};

	const binary = (level: number): number => {
		const here = operators[level];
		if (!here) return unary();
		let left = binary(level + 1);
		while (here.includes(peek() ?? '')) {
			const operator = tokens[at++]!;
			left = apply(operator, left, binary(operator === '**' ? level : level + 1));
		}

		return left;
	};

	const unary = (): number => {
		const token = tokens[at++];
		if (token === '-') return -unary();
		if (token === '+') return unary();
		if (token === '!') return unary() === 0 ? 1 : 0;
		if (token === '~') return ~unary();
		if (token === '++' || token === '--') {
			const name = tokens[at++] ?? '';
			const value = read(name) + (token === '++' ? 1 : -1);
			variables.set(name, String(value));
			return value;
		}

		if (token === '(') {
			const value = expression();
			if (tokens[at++] !== ')') throw new ArithmeticError('arithmetic syntax error');
			return value;
		}

		if (token === undefined) throw new ArithmeticError('arithmetic syntax error');
		if (!isName(token)) return token.startsWith('0') && /^0[0-7]+$/.test(token) ? Number.parseInt(token, 8) : Number(token);
		const value = read(token);
		if (peek() === '++' || peek() === '--') variables.set(token, String(value + (tokens[at++] === '++' ? 1 : -1)));
		return value;
	};

	if (tokens.length === 0) return 0;
	const value = expression();
	if (at < tokens.length) throw new ArithmeticError('arithmetic syntax error');
	return value;
}

function apply(operator: string, a: number, b: number): number {
	if ((operator === '/' || operator === '%') && b === 0) throw new ArithmeticError('divide by zero');
	switch (operator) {
		case '+':
			return a + b;
		case '-':
			return a - b;
		case '*':
			return a * b;
		case '/':
			return Math.trunc(a / b);
		case '%':
			return a % b;
		case '**':
			return a ** b;
		case '<<':
			return a * 2 ** b;
		case '>>':
			return Math.floor(a / 2 ** b);
		case '&':
			return Number(BigInt(a) & BigInt(b));
		case '|':
			return Number(BigInt(a) | BigInt(b));
		case '^':
			return Number(BigInt(a) ^ BigInt(b));
		case '&&':
			return a !== 0 && b !== 0 ? 1 : 0;
		case '||':
			return a !== 0 || b !== 0 ? 1 : 0;
		case '==':
			return a === b ? 1 : 0;
		case '!=':
			return a !== b ? 1 : 0;
		case '<':
			return a < b ? 1 : 0;
		case '>':
			return a > b ? 1 : 0;
		case '<=':
			return a <= b ? 1 : 0;
		case '>=':
			return a >= b ? 1 : 0;
		default:
			throw new ArithmeticError('arithmetic syntax error');
	}
}
