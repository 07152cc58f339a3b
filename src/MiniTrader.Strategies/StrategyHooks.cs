using System.Reflection;

namespace MiniTrader.Strategies;

/// <summary>The hooks that a strategy can override.</summary>
[Flags]
public enum StrategyHooks
{
    None = 0,
    Quote = 1,
    Trade = 2,
    Bar = 4,
    BookDelta = 8,
    Status = 16,
    Signal = 32,
    Timer = 64,
    Report = 128,
    Fill = 256,
    Action = 512,
    Book = 1024,
}

/// <summary>Finds out which hooks a strategy overrides; asked once when a session takes the strategy in.</summary>
public static class StrategyHookDiscovery
{
    private static readonly (StrategyHooks Hook, string Method)[] _hooks =
    [
        (StrategyHooks.Quote, nameof(Strategy.OnQuote)),
        (StrategyHooks.Trade, nameof(Strategy.OnTrade)),
        (StrategyHooks.Bar, nameof(Strategy.OnBar)),
        (StrategyHooks.BookDelta, nameof(Strategy.OnBookDelta)),
        (StrategyHooks.Book, nameof(Strategy.OnBook)),
        (StrategyHooks.Status, nameof(Strategy.OnStatus)),
        (StrategyHooks.Signal, nameof(Strategy.OnSignal)),
        (StrategyHooks.Timer, nameof(Strategy.OnTimer)),
        (StrategyHooks.Report, nameof(Strategy.OnReport)),
        (StrategyHooks.Fill, nameof(Strategy.OnFill)),
        (StrategyHooks.Action, nameof(Strategy.OnAction)),
    ];

    public static StrategyHooks OverriddenHooks(this Strategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        StrategyHooks found = StrategyHooks.None;
        foreach ((StrategyHooks hook, string name) in _hooks)
        {
            // A strategy may have overloads of its own with the same name: the base hook's parameters pick the right one.
            Type[] parameters = typeof(Strategy).GetMethod(name)!.GetParameters().Select(p => p.ParameterType).ToArray();
            MethodInfo method = strategy.GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.Public, parameters)!;
            if (method.GetBaseDefinition().DeclaringType == typeof(Strategy) && method.DeclaringType != typeof(Strategy)) found |= hook;
        }

        return found;
    }
}
