using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Tests.Ring;

/// <summary>An agent's thread starts, stops, pins and reports; its exception always reaches the owner, once.</summary>
public sealed class AgentThreadTests
{
    [Fact]
    public void An_agent_runs_on_its_own_named_thread_until_it_has_finished()
    {
        string? name = null;
        int exits = 0;
        int calls = 0;
        var agent = new Agent(() =>
        {
            name = Thread.CurrentThread.Name;
            return ++calls == 3 ? IAgent.Finished : 1;
        });
        using var thread = new AgentThread("feed", agent, new YieldingIdleStrategy(), onExit: () => exits++);

        Assert.False(thread.IsRunning);
        thread.Start();
        thread.Join();

        Assert.Equal("feed", name);
        Assert.Equal(3, calls);
        Assert.Equal(1, exits);
        Assert.False(thread.IsRunning);
        Assert.Equal(PinOutcome.NotRequested, thread.Pinning);
    }

    [Fact]
    public void Stop_ends_an_agent_that_would_go_on()
    {
        using var isWorking = new ManualResetEventSlim();
        using var thread = new AgentThread("engine", new Agent(() =>
        {
            isWorking.Set();
            return 0;
        }), new BackOffIdleStrategy());
        thread.Start();
        isWorking.Wait(TestContext.Current.CancellationToken);
        thread.Stop();
        Assert.False(thread.IsRunning);
        Assert.Throws<InvalidOperationException>(thread.Start);
    }

    [Fact]
    public void A_fault_is_kept_and_rethrown_to_the_owner()
    {
        bool exited = false;
        var thread = new AgentThread("engine", new Agent(() => throw new FormatException("row 7")), new YieldingIdleStrategy(), onExit: () => exited = true);
        thread.Start();

        Assert.Equal("row 7", Assert.Throws<FormatException>(thread.Join).Message);
        Assert.True(exited);
        Assert.IsType<FormatException>(thread.Fault);
        thread.Dispose();
    }

    [Fact]
    public void Dispose_does_not_mask_an_exception_in_flight_and_the_fault_can_still_be_seen()
    {
        var thread = new AgentThread("engine", new Agent(() => throw new FormatException("row 7")), new YieldingIdleStrategy());
        void Fail()
        {
            using (thread)
            {
                thread.Start();
                throw new TimeoutException();
            }
        }

        Assert.Throws<TimeoutException>(Fail);
        Assert.IsType<FormatException>(thread.Fault);
    }

    [Fact]
    public void Wait_answers_the_fault_and_join_still_throws_it()
    {
        using var thread = new AgentThread("engine", new Agent(() => throw new FormatException("row 7")), new YieldingIdleStrategy());
        thread.Start();
        Assert.Equal("row 7", thread.Wait()?.Message);
        Assert.Throws<FormatException>(thread.Join);
    }

    [Fact]
    public void A_fault_in_the_exit_call_is_not_lost_either()
    {
        var thread = new AgentThread(
            "engine", new Agent(() => IAgent.Finished), new YieldingIdleStrategy(), onExit: () => throw new FormatException("exit"));
        thread.Start();
        Assert.Throws<FormatException>(thread.Stop);
        thread.Dispose();
    }

    [Fact]
    public void A_thread_runs_on_the_core_it_is_pinned_to()
    {
        int seen = -1;
        var agent = new Agent(() =>
        {
            seen = Thread.GetCurrentProcessorId();
            return IAgent.Finished;
        });
        // The process may be confined to some cores; the one it runs on is surely among them.
        int core = Thread.GetCurrentProcessorId();
        using var thread = new AgentThread("pinned", agent, new BusySpinIdleStrategy(), core);
        thread.Start();
        thread.Join();

        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            Assert.Equal(PinOutcome.Pinned, thread.Pinning);
            Assert.Equal(core, seen);
        }
        else
        {
            Assert.Equal(PinOutcome.Unsupported, thread.Pinning);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(int.MaxValue)]
    public void A_core_that_is_not_there_is_reported_and_the_agent_runs_all_the_same(int core)
    {
        Assert.SkipUnless(core < 0 || core >= Environment.ProcessorCount, "This machine has that core.");
        bool ran = false;
        using var thread = new AgentThread("pinned", new Agent(() =>
        {
            ran = true;
            return IAgent.Finished;
        }), new BusySpinIdleStrategy(), core);
        thread.Start();
        thread.Join();
        Assert.True(ran);
        Assert.True(thread.Pinning is PinOutcome.NoSuchCore or PinOutcome.Unsupported);
    }

    [Fact]
    public void Two_agents_pass_events_and_the_end_through_a_ring()
    {
        const int Count = 10_000;
        using var ring = new RingBuffer<long>(16, WaitStrategy.Blocking());
        RingConsumer<long> consumer = ring.AddConsumer();
        RingProducer<long> producer = ring.CreateProducer();
        long sum = 0;
        var feed = new Agent(() =>
        {
            if (producer.Position == Count) return IAgent.Finished;
            if (!producer.TryClaim(1, out Span<long> slots)) return 0;
            slots[0] = producer.Position;
            producer.Publish(1);
            return 1;
        });
        var engine = new Agent(() =>
        {
            if (consumer.Wait() != WaitOutcome.Ready) return IAgent.Finished;
            Span<long> events = consumer.Poll(16);
            foreach (long number in events) sum += number;
            consumer.Release(events.Length);
            return events.Length;
        });

        using var engineThread = new AgentThread("engine", engine, new YieldingIdleStrategy());
        using var feedThread = new AgentThread("feed", feed, new YieldingIdleStrategy(), onExit: ring.Complete);
        engineThread.Start();
        feedThread.Start();
        feedThread.Join();
        engineThread.Join();
        Assert.Equal(Count * (Count - 1L) / 2, sum);
    }

    private sealed class Agent(Func<int> work) : IAgent
    {
        public int DoWork() => work();
    }
}
