using Xunit;

namespace MiniTrader.EndToEnd.Fix;

/// <summary>Every public acceptance script that is at hand, each a test of its own, against the echo acceptor in its own process.</summary>
public sealed class FixScriptTests(FixScriptLanes lanes) : IClassFixture<FixScriptLanes>
{
    public static TheoryData<string> Scripts { get; } = [.. FixScriptLanes.Scripts("fix44"), .. FixScriptLanes.Scripts("fix44noreset")];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Scripts))]
    public async Task The_acceptor_answers_as_the_script_expects(string script) => Assert.Null(await lanes.ResultOf(script));
}
