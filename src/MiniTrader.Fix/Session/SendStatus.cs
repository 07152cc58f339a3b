namespace MiniTrader.Fix;

/// <summary>What became of a message handed to <see cref="FixSession.Send"/>.</summary>
public enum SendStatus : byte
{
    /// <summary>Stored, and on its way.</summary>
    Sent,

    /// <summary>Stored under its number while nobody is logged on; the other side will ask for it after the next logon.</summary>
    Stored,

    /// <summary>Not sent and no number taken: what is waiting for the socket fills the output buffer. Try again later.</summary>
    OutputFull,

    /// <summary>Not sent and no number taken: nobody is logged on, and messages of this session are not stored.</summary>
    NotLoggedOn,

    /// <summary>Not sent and no number taken: a field could not be written. The writer's status says why.</summary>
    Invalid,
}
