/** A map that forgets its oldest entry when it is full: whoever writes messages must not fill the memory. */
export class Recent<Value> extends Map<string, Value> {
	/** @param capacity how many entries are kept */
	constructor(private readonly capacity: number) {
		super();
	}

	override set(key: string, value: Value): this {
		super.set(key, value);
		const [oldest] = this.keys();
		if (this.size > this.capacity) this.delete(oldest);
		return this;
	}
}
