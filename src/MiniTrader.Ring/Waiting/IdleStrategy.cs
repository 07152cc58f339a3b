namespace MiniTrader.Ring;

/// <summary>What a thread does while it has nothing to do. Without state: the caller counts its idle attempts in a row.</summary>
public abstract class IdleStrategy
{
    /// <summary>Passes a moment; <paramref name="attempt"/> is 0 the first time after work and then counts up.</summary>
    public abstract void Idle(int attempt);

    /// <summary>The attempt that follows; it stays at the largest instead of starting again.</summary>
    public static int After(int attempt) => attempt == int.MaxValue ? attempt : attempt + 1;
}
