using System.Globalization;
using System.Reflection;
using MiniTrader.Engine;
using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Sessions;

/// <summary>
/// Makes strategies from their constructors: each parameter is a setting by its own name. An <see cref="InstrumentId"/>
/// parameter takes a session's instrument; a strategy with a single one is made once for each instrument. A quantity without a
/// default is the instrument's lot.
/// </summary>
public static class StrategyFactory
{
    /// <summary>Makes the strategies of one type.</summary>
    /// <param name="type">A strategy with one public constructor.</param>
    /// <param name="instruments">The session's instruments.</param>
    /// <param name="settings">Settings by parameter name, case ignored; <c>Type.parameter</c> names those of one type.</param>
    /// <param name="used">Receives the keys that this type took.</param>
    /// <exception cref="ArgumentException">A value does not fit its parameter, or a parameter has none.</exception>
    public static IReadOnlyList<StrategySeat> Create(
        Type type, InstrumentTable instruments, IReadOnlyDictionary<string, string> settings, ISet<string> used)
    {
        ConstructorInfo constructor = type.GetConstructors() is [var only]
            ? only
            : throw new ArgumentException($"Strategy {type.Name} must have exactly one public constructor; it has {type.GetConstructors().Length}.");
        ParameterInfo[] parameters = constructor.GetParameters();
        List<ParameterInfo> unset = parameters.Where(p => p.ParameterType == typeof(InstrumentId) && Setting(type, p, settings, used) is null).ToList();
        if (unset.Count > 1 && unset.Count != instruments.Count)
        {
            throw new ArgumentException(
                $"Strategy {type.Name} trades {unset.Count} instruments ({string.Join(", ", unset.Select(p => p.Name))}), but the session has {instruments.Count}. " +
                $"Name exactly {unset.Count} with --instruments, or set each with --set {unset[0].Name}=SYMBOL.");
        }

        int copies = unset.Count == 1 ? instruments.Count : 1;
        List<StrategySeat> seats = [];
        for (int copy = 0; copy < copies; copy++)
        {
            List<InstrumentId> seen = [];
            object?[] arguments = new object?[parameters.Length];
            int next = copy;
            for (int i = 0; i < parameters.Length; i++)
            {
                arguments[i] = Argument(type, parameters[i], instruments, settings, used, seen, ref next);
            }

            CheckSizes(type, parameters, arguments, instruments, settings);
            seats.Add(new StrategySeat(Construct(constructor, arguments, type), seen.Distinct().ToList()));
        }

        return seats;
    }

    private static object? Argument(
        Type type, ParameterInfo parameter, InstrumentTable instruments, IReadOnlyDictionary<string, string> settings, ISet<string> used,
        List<InstrumentId> seen, ref int next)
    {
        string? text = Setting(type, parameter, settings, used);
        if (parameter.ParameterType == typeof(InstrumentId))
        {
            InstrumentId id = text is null ? new InstrumentId(next++) : instruments.Find(text);
            seen.Add(id);
            return id;
        }

        if (parameter.ParameterType.IsAssignableFrom(typeof(InstrumentId[])) && parameter.ParameterType != typeof(object))
        {
            InstrumentId[] ids = text is null
                ? Enumerable.Range(0, instruments.Count).Select(i => new InstrumentId(i)).ToArray()
                : text.Split(',', StringSplitOptions.TrimEntries).Select(instruments.Find).ToArray();
            seen.AddRange(ids);
            return ids;
        }

        if (text is not null) return Parse(type, parameter, text);
        if (parameter.HasDefaultValue) return parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
        if (parameter.ParameterType == typeof(Quantity)) return instruments[seen.Count > 0 ? seen[0] : new InstrumentId(0)].LotSize;
        throw new ArgumentException($"Strategy {type.Name} needs a value for '{parameter.Name}'. Give one with --set {parameter.Name}=VALUE.");
    }

    /// <summary>
    /// A size that is given and is no multiple of the lot would have every order refused; the risk gate says so of each, this once. It is of the
    /// instrument that the strategy names first, or of all where it takes several in one parameter.
    /// </summary>
    private static void CheckSizes(Type type, ParameterInfo[] parameters, object?[] arguments, InstrumentTable instruments, IReadOnlyDictionary<string, string> settings)
    {
        object? traded = arguments.FirstOrDefault(a => a is InstrumentId or InstrumentId[]);
        InstrumentId[] ids = traded is InstrumentId one ? [one] : traded as InstrumentId[] ?? [];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (arguments[i] is not Quantity size || !parameters[i].Name!.EndsWith("size", StringComparison.OrdinalIgnoreCase)) continue;
            if (Find(type, parameters[i], settings) is not { Key: { } key, Value: { } text }) continue;
            InstrumentId off = ids.FirstOrDefault(id => size.FloorTo(instruments[id].LotSize) != size, InstrumentId.None);
            if (off.IsNone) continue;
            Instrument instrument = instruments[off];
            throw new ArgumentException($"--set {key}={text} is no multiple of the lot of {instrument.Name}, which is {instrument.LotSize}. Choose one, such as {instrument.LotSize} or {instrument.LotSize * 10}.");
        }
    }

    private static string? Setting(Type type, ParameterInfo parameter, IReadOnlyDictionary<string, string> settings, ISet<string> used)
    {
        if (Find(type, parameter, settings) is not { Key: { } key, Value: { } value }) return null;
        used.Add(key);
        return value;
    }

    private static KeyValuePair<string, string> Find(Type type, ParameterInfo parameter, IReadOnlyDictionary<string, string> settings)
    {
        foreach (string wanted in (string[])[$"{type.Name}.{parameter.Name}", parameter.Name!])
        {
            foreach (KeyValuePair<string, string> setting in settings)
            {
                if (setting.Key.Equals(wanted, StringComparison.OrdinalIgnoreCase)) return setting;
            }
        }

        return default;
    }

    private static object Parse(Type type, ParameterInfo parameter, string text)
    {
        Type target = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        try
        {
            if (target == typeof(Quantity)) return Quantity.Parse(text);
            if (target == typeof(Price)) return Price.Parse(text);
            if (target == typeof(Timestamp)) return Timestamp.Parse(text);
            if (target == typeof(TimeSpan)) return Duration.Parse(text).ToTimeSpan();
            if (target.IsEnum) return Enum.Parse(target, text, ignoreCase: true);

            // The library leaves commas out of fractions, so that 0,5 would be 5.
            if (Type.GetTypeCode(target) is TypeCode.Single or TypeCode.Double or TypeCode.Decimal && text.Contains(',', StringComparison.Ordinal)) throw new FormatException();
            return Convert.ChangeType(text, target, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw new ArgumentException($"Strategy {type.Name}, setting '{parameter.Name}': {Refusal(target, text, e)}", e);
        }
    }

    // The sentences of the library speak of its types; those of the model say how a value is written.
    private static string Refusal(Type target, string text, Exception fault) => Type.GetTypeCode(target) switch
    {
        _ when target.IsEnum => $"'{text}' is none of {string.Join(", ", Enum.GetNames(target))}.",
        not TypeCode.Object when fault is OverflowException => $"'{text}' is too large or too small.",
        TypeCode.Boolean => $"'{text}' is neither true nor false.",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => $"'{text}' is not a number such as 0.5.",
        >= TypeCode.SByte and <= TypeCode.UInt64 => $"'{text}' is not a whole number.",
        _ => fault.Message,
    };

    private static Strategy Construct(ConstructorInfo constructor, object?[] arguments, Type type)
    {
        try
        {
            return (Strategy)constructor.Invoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw new ArgumentException($"Strategy {type.Name} refused its settings: {inner.Message}", inner);
        }
    }
}
