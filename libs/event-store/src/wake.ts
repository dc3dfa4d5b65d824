/** A wait that ends early when somebody calls; a call that nobody waits for ends the next wait at once. */
export class Wake {
  #called = false;
  #end: (() => void) | undefined;

  call(): void {
    this.#called = true;
    this.#end?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#called) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#called = false;
    this.#end = undefined;
  }
}
