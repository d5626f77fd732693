package phonehome

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// nameRoom is what the input buffer holds at least: the longest name in presentation form, every octet escaped, and more.
const nameRoom = 4096

// guest is one instance of the module with a classifier open. One goroutine at a time may use it.
type guest struct {
	module                    api.Module
	memory                    api.Memory
	classifyName, explainName api.Function
	outputAt, outputLen       api.Function
	handle, input, answer     uint32
	// stack holds arguments and results of a call, so that a call allocates nothing.
	stack [3]uint64
}

// caller calls exports until one fails.
type caller struct {
	ctx    context.Context
	module api.Module
	err    error
}

func (c *caller) call(name string, arguments ...uint64) int32 {
	if c.err != nil {
		return 0
	}
	function := c.module.ExportedFunction(name)
	if function == nil {
		c.err = fmt.Errorf("the module has no function %s", name)
		return 0
	}
	results, err := function.Call(c.ctx, arguments...)
	if err != nil || len(results) != 1 {
		c.err = errors.Join(err, fmt.Errorf("%s failed", name))
		return 0
	}
	return int32(uint32(results[0]))
}

// checked is call with the module's own errors.
func (c *caller) checked(name string, arguments ...uint64) int32 {
	result := c.call(name, arguments...)
	if c.err == nil && result < 0 {
		c.err = errors.New(c.output())
	}
	return result
}

// output is what the last call left.
func (c *caller) output() string {
	at, length := c.call("ph_output_ptr"), c.call("ph_output_len")
	text, ok := c.module.Memory().Read(uint32(at), uint32(length))
	if !ok {
		return "the output lies outside the memory"
	}
	return string(text)
}

// write puts bytes into the input buffer.
func (c *caller) write(parts ...[]byte) uint64 {
	var length int
	for _, part := range parts {
		length += len(part)
	}
	if length > maxInput {
		c.err = errors.Join(c.err, fmt.Errorf("%d octets are more than the module takes", length))
		return 0
	}
	at := uint32(c.call("ph_input", uint64(length)))
	if c.err == nil && at == 0 {
		c.err = errors.New("the module has no memory for its input")
	}
	for _, part := range parts {
		if c.err == nil && !c.module.Memory().Write(at, part) {
			c.err = errors.New("the input lies outside the memory")
		}
		at += uint32(len(part))
	}
	return uint64(length)
}

// newGuest makes an instance and opens a classifier in it.
func newGuest(ctx context.Context, runtime wazero.Runtime, compiled wazero.CompiledModule, k *knowledge) (*guest, error) {
	// No name and no start functions: several instances of one module live side by side.
	module, err := runtime.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, err
	}
	g, err := openGuest(ctx, module, k)
	if err != nil {
		return nil, errors.Join(err, module.Close(ctx))
	}
	return g, nil
}

func openGuest(ctx context.Context, module api.Module, k *knowledge) (*guest, error) {
	c := &caller{ctx: ctx, module: module}
	if version := c.call("ph_version"); c.err == nil && version != abiVersion {
		return nil, fmt.Errorf("the module speaks version %d of its interface, this plugin version %d", version, abiVersion)
	}
	handle := uint64(c.checked("ph_new"))
	if k.base != nil {
		c.checked("ph_base", handle, c.write(k.base))
	}
	for _, list := range k.overlays {
		name := []byte(list.name)
		c.checked("ph_overlay", handle, uint64(len(name)), c.write(name, list.bytes))
	}
	if k.policy != "" {
		c.checked("ph_policy", handle, c.write([]byte(k.policy)))
	}
	c.checked("ph_open", handle)
	g := &guest{
		module:       module,
		memory:       module.Memory(),
		classifyName: module.ExportedFunction("ph_classify"),
		explainName:  module.ExportedFunction("ph_explain"),
		outputAt:     module.ExportedFunction("ph_output_ptr"),
		outputLen:    module.ExportedFunction("ph_output_len"),
		handle:       uint32(handle),
		input:        uint32(c.call("ph_input", nameRoom)),
	}
	// A first answer: the place of short answers stays the same from there on.
	c.checked("ph_classify", handle, 0, 0)
	g.answer = uint32(c.call("ph_output_ptr"))
	return g, c.err
}

// ask calls a function that takes a name; its result is not negative.
func (g *guest) ask(ctx context.Context, function api.Function, name string) error {
	if len(name) > nameRoom || !g.memory.WriteString(g.input, name) {
		return errors.New("a name does not fit")
	}
	g.stack = [3]uint64{uint64(g.handle), uint64(len(name)), 0}
	if err := function.CallWithStack(ctx, g.stack[:]); err != nil {
		return err
	}
	if result := int32(uint32(g.stack[0])); result < 0 {
		return fmt.Errorf("the module answers %d", result)
	}
	return nil
}

// classify gives the short answer for a name in presentation form.
func (g *guest) classify(ctx context.Context, name string, to *brief) error {
	if err := g.ask(ctx, g.classifyName, name); err != nil {
		return err
	}
	octets, ok := g.memory.Read(g.answer, briefSize)
	if !ok {
		return errors.New("the answer lies outside the memory")
	}
	copy(to[:], octets)
	return nil
}

// explain gives the long answer as JSON.
func (g *guest) explain(ctx context.Context, name string) ([]byte, error) {
	if err := g.ask(ctx, g.explainName, name); err != nil {
		return nil, err
	}
	c := &caller{ctx: ctx, module: g.module}
	text := c.output()
	return []byte(text), c.err
}
