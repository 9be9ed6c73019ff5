namespace ChaosHarness.Calls;

/// <summary>One thread that looks after all <see cref="OwnThreads"/> whose work waits: no one of theirs can, as they may all be blocked.</summary>
internal static class ThreadGrowth
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);
    private static readonly object Gate = new();
    private static readonly List<OwnThreads> Watched = [];
    private static Thread? s_thread;

    public static void Watch(OwnThreads threads)
    {
        lock (Gate)
        {
            Watched.Add(threads);
            if (s_thread is null)
            {
                s_thread = new Thread(Look) { IsBackground = true, Name = "growth of own threads", Priority = ThreadPriority.AboveNormal };
                s_thread.UnsafeStart();
            }

            Monitor.Pulse(Gate);
        }
    }

    private static void Look()
    {
        while (true)
        {
            OwnThreads[] watched;
            lock (Gate)
            {
                while (Watched.Count == 0)
                {
                    Monitor.Wait(Gate);
                }

                watched = [.. Watched];
            }

            Thread.Sleep(Patience);
            foreach (var threads in watched)
            {
                if (!threads.Grow())
                {
                    lock (Gate)
                    {
                        Watched.Remove(threads);
                    }
                }
            }
        }
    }
}
