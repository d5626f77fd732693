package phonehome

import (
	"context"
	"errors"
	"time"
)

var (
	// errNoGuest is given when every guest is busy or broken for longer than waitMost.
	errNoGuest = errors.New("no guest is free")
	// errRetired is given when another engine has taken over: it is to be asked instead.
	errRetired = errors.New("the engine is retired")
)

// waitMost is how long a query waits for a guest: less than resolvers wait for an answer.
const waitMost = 200 * time.Millisecond

// with has a free guest do something, within the deadline if there is one. A guest that fails is thrown away.
func (e *engine) with(do func(context.Context, *guest) error) error {
	g, err := e.take()
	if err != nil {
		return err
	}
	ctx := context.Background()
	if e.deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, e.deadline)
		defer cancel()
	}
	if err := do(ctx, g); err != nil {
		e.lose(g)
		return err
	}
	e.give(g)
	return nil
}

// take gives a free guest, or after a while none. Whoever takes one gives it back or loses it.
func (e *engine) take() (*guest, error) {
	select {
	case g := <-e.guests:
		return g, nil
	default:
	}
	select {
	case <-e.retired:
		return nil, errRetired
	default:
	}
	poolWaits.Inc()
	timer := time.NewTimer(waitMost)
	defer timer.Stop()
	select {
	case g := <-e.guests:
		return g, nil
	case <-e.retired:
		return nil, errRetired
	case <-timer.C:
		return nil, errNoGuest
	}
}

func (e *engine) give(g *guest) {
	e.guests <- g
	select {
	case <-e.retired:
		e.drain()
	default:
	}
}

// lose throws a guest away that failed: even where it can still be called, nobody knows what state it is in.
func (e *engine) lose(g *guest) {
	guestFailures.Inc()
	_ = g.module.Close(context.Background())
	e.gone()
	go e.replace()
}

// replace makes a guest in the place of a lost one, however often that fails.
func (e *engine) replace() {
	const least, most = 50 * time.Millisecond, 10 * time.Second
	for pause := least; ; pause = min(2*pause, most) {
		g, err := newGuest(context.Background(), e.runtime, e.compiled, e.knowledge)
		if err == nil {
			e.live.Add(1)
			e.give(g)
			return
		}
		log.Errorf("No new guest, the next attempt is in %s: %v", pause, err)
		select {
		case <-e.retired:
			return
		case <-time.After(pause):
		}
	}
}

// gone counts a guest that is no more; the last one of a retired engine takes the engine along.
func (e *engine) gone() {
	if e.live.Add(-1) > 0 {
		return
	}
	select {
	case <-e.retired:
		_ = e.runtime.Close(context.Background())
	default:
	}
}

// close retires the engine: guests that are at work end their work.
func (e *engine) close() {
	e.retire.Do(func() { close(e.retired) })
	e.drain()
}

func (e *engine) drain() {
	for {
		select {
		case g := <-e.guests:
			_ = g.module.Close(context.Background())
			e.gone()
		default:
			return
		}
	}
}
