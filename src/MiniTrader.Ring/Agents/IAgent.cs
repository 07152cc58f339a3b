namespace MiniTrader.Ring;

/// <summary>A piece of work without end that shares a thread with nobody: it is asked again and again to do what there is to do.</summary>
public interface IAgent
{
    /// <summary>Returned by <see cref="DoWork"/> when there will never be work again; the thread then ends.</summary>
    const int Finished = -1;

    /// <summary>
    /// Does a bounded piece of work and returns how much; zero when there was nothing, so that the thread may idle. An exception
    /// ends the thread and is rethrown to its owner.
    /// </summary>
    int DoWork();
}
