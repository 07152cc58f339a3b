using Xunit;

namespace MiniTrader.Tests;

/// <summary>Tests of this collection run while no other test does: a no-GC region and the memory in use belong to the whole process.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
