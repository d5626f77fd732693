// The worker as promises.

import Worker from "./worker?worker&inline";
import type { Calls, Progress, Reply } from "./protocol";

type Waiting = { done(value: unknown): void; failed(error: Error): void };

export class DeskClient {
  private worker = new Worker();
  private waiting = new Map<number, Waiting>();
  private next = 0;
  onrestart: () => void = () => undefined;
  onprogress: (progress: Progress) => void = () => undefined;

  constructor() {
    this.listen();
  }

  private listen(): void {
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("progress" in data) {
        this.onprogress(data.progress);
        return;
      }
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ("done" in data) {
        waiting?.done(data.done);
        return;
      }
      waiting?.failed(new Error(data.failed));
      if (data.trapped) this.restart(data.failed);
    };
    this.worker.onerror = (event) => this.restart(event.message);
  }

  /** A module that trapped cannot be trusted any more: a fresh one takes its place, without names. */
  private restart(why: string): void {
    this.worker.terminate();
    for (const waiting of this.waiting.values()) waiting.failed(new Error(why));
    this.waiting.clear();
    this.worker = new Worker();
    this.listen();
    this.onrestart();
  }

  ask<K extends keyof Calls>(call: K, ...given: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>> {
    const id = this.next++;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done: done as (value: unknown) => void, failed });
      this.worker.postMessage({ id, call, with: given });
    });
  }

  stop(): void {
    this.worker.postMessage("stop");
  }
}
