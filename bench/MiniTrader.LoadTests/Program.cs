using System.CommandLine;
using MiniTrader.LoadTests;

// Each load test is a verb: a class in a folder of its own that makes the command, and one line here.
var root = new RootCommand("Load tests of MiniTrader: whole paths, with the machine they ran on. Only figures of one run compare.")
{
    ReplayVerb.Create(),
    MergeVerb.Create(),
    RingVerb.Create(),
    MemoryVerb.Create(),
    MboVerb.Create(),
    StartVerb.Create(),
    ItchVerb.Create(),
    LevelsVerb.Create(),
    VenueVerb.Create(),
    FixCodecVerb.Create(),
    RoundTripVerb.Create(),
    TickToOrderVerb.Create(),
    ExchangeLoadVerb.Create(),
};
root.Options.Add(ReportOptions.Json);

return root.Parse(args).Invoke();
