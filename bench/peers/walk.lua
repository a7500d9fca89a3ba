-- The allocator on the processes' own naturals, in the compact module: each of its functions is an instrument.
local allocator = Allocator(numbers)

instruments.weigh, instruments.hold = allocator.weigh, allocator.hold
instruments.delegate, instruments.cycle = allocator.delegate, allocator.cycle
