using MiniTrader.Cli;
using MiniTrader.Sessions;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Cli;

/// <summary>Which exit code a fault has, and what is said of it.</summary>
public sealed class FailureTests
{
    [Fact]
    public void What_a_user_can_mend_is_bad_input()
    {
        foreach (Exception e in (Exception[])[new ArgumentException("x"), new FormatException("x"), new TickDataException("x"), new FileNotFoundException("x"), new UnauthorizedAccessException("x"), new InvalidDataException("x")])
            Assert.Equal(2, Failure.CodeOf(e));
    }

    [Fact]
    public void Everything_else_is_the_runs_own_failure()
    {
        Assert.Equal(1, Failure.CodeOf(new SessionFaultException("x", new ArgumentException("inside a strategy"))));
        Assert.Equal(1, Failure.CodeOf(new SessionFaultException("x", new IOException("No space left on device"))));
        Assert.Equal(1, Failure.CodeOf(new InvalidOperationException("x")));
    }

    [Fact]
    public void The_sentence_has_no_parameter_names_and_no_line_breaks()
    {
        Assert.Equal("A period of 0.", Failure.SentenceOf(new ArgumentOutOfRangeException("period", "A period of 0.")));
        Assert.Equal("from: A period of 0.", Failure.SentenceOf(new ArgumentException($"from: {new ArgumentException("A period of 0.", "period").Message}", new ArgumentException("A period of 0.", "period"))));
        Assert.Equal("One two.", Failure.SentenceOf(new FormatException("One\r\n  two.")));
        Assert.Equal("The run failed (InvalidOperationException): broken", Failure.SentenceOf(new InvalidOperationException("broken")));
    }
}
