// The worker as promises.

import Worker from "./worker?worker&inline";
import type { Calls, Reply } from "./protocol";

type Waiting = { done(value: unknown): void; failed(error: Error): void };

export class DeskClient {
  private worker = new Worker();
  private waiting = new Map<number, Waiting>();
  private next = 0;
  onprogress: (progress: { bytes: number; of: number; seconds: number }) => void = () => undefined;

  constructor() {
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("progress" in data) {
        this.onprogress(data.progress);
        return;
      }
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ("done" in data) waiting?.done(data.done);
      else waiting?.failed(new Error(data.failed));
    };
    this.worker.onerror = (event) => {
      for (const waiting of this.waiting.values()) waiting.failed(new Error(event.message));
      this.waiting.clear();
    };
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
