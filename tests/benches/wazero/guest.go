package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// guest is one instance of the flat module with its classifier open; ABI.md says what the calls mean.
type guest struct {
	memory                          api.Memory
	classify, classifyLines, output api.Function
	handle, input, brief            uint32
	// Arguments and results of a call: no allocation.
	stack [3]uint64
}

// room is what the input buffer holds: a batch of the longest names.
const room = batch * 256

var ctx = context.Background()

func open(wasm []byte) (*guest, error) {
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler())
	module, err := runtime.Instantiate(ctx, wasm)
	if err != nil {
		return nil, err
	}
	number := func(name string, arguments ...uint64) uint32 {
		results, failed := module.ExportedFunction(name).Call(ctx, arguments...)
		if failed != nil {
			err = errors.Join(err, failed)
			return 0
		}
		return uint32(results[0])
	}
	handle := number("ph_new")
	if opened := number("ph_open", uint64(handle)); opened != 0 {
		return nil, fmt.Errorf("ph_open gives %d", int32(opened))
	}
	g := &guest{
		memory:        module.Memory(),
		classify:      module.ExportedFunction("ph_classify"),
		classifyLines: module.ExportedFunction("ph_classify_lines"),
		output:        module.ExportedFunction("ph_output_ptr"),
		handle:        handle,
		input:         number("ph_input", room),
	}
	// A first answer: the place of short answers stays the same from there on.
	if _, failed := g.ask(g.classify, nil); failed != nil {
		return nil, failed
	}
	g.brief = number("ph_output_ptr")
	return g, err
}

// ask writes a request and calls; the result is not negative.
func (g *guest) ask(function api.Function, request []byte) (int32, error) {
	if len(request) > room || !g.memory.Write(g.input, request) {
		return 0, errors.New("a request does not fit")
	}
	g.stack = [3]uint64{uint64(g.handle), uint64(len(request)), 0}
	if err := function.CallWithStack(ctx, g.stack[:]); err != nil {
		return 0, err
	}
	result := int32(g.stack[0])
	if result < 0 {
		return 0, fmt.Errorf("the module answers %d", result)
	}
	return result, nil
}

// call answers one name.
func (g *guest) call(request, answers []byte) ([]byte, error) {
	if _, err := g.ask(g.classify, request); err != nil {
		return nil, err
	}
	return g.read(g.brief, 1, answers)
}

// lines answers a text of names.
func (g *guest) lines(request, answers []byte) ([]byte, error) {
	count, err := g.ask(g.classifyLines, request)
	if err != nil {
		return nil, err
	}
	if err := g.output.CallWithStack(ctx, g.stack[:]); err != nil {
		return nil, err
	}
	return g.read(uint32(g.stack[0]), uint32(count), answers)
}

func (g *guest) read(address, count uint32, answers []byte) ([]byte, error) {
	octets, ok := g.memory.Read(address, count*briefSize)
	if !ok {
		return nil, errors.New("the answers lie outside the memory")
	}
	return append(answers, octets...), nil
}
