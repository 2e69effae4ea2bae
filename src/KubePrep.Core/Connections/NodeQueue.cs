using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>
/// Works on nodes beside the caller's thread, several at once. What the workers have to say they post, and the caller's thread runs it, so
/// that one thread alone writes.
/// </summary>
/// <param name="throttleLimit">How many nodes are worked on at once, at least 1.</param>
/// <param name="work">The work on a node; it runs on threads of the queue.</param>
internal sealed class NodeQueue(int throttleLimit, Action<Node, CancellationToken> work) : IDisposable
{
    private const int StackSize = 512 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stopping = new();
    private readonly BlockingCollection<Node> _nodes = [];
    private readonly BlockingCollection<Action> _posted = [];
    private readonly List<Thread> _workers = [];
    private int _waiting;
    private int _running;

    /// <summary>Works on nodes that are all known, and runs on this thread what is posted, until the work on the last has ended.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="throttleLimit">How many are worked on at once, at least 1.</param>
    /// <param name="work">The work on a node; it posts to the queue.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run(
        IEnumerable<Node> nodes, int throttleLimit, Action<NodeQueue, Node, CancellationToken> work, CancellationToken cancellation)
    {
        NodeQueue? queue = null;
        queue = new NodeQueue(throttleLimit, (node, ending) => work(queue!, node, ending));
        using (queue)
        {
            using var stopping = cancellation.UnsafeRegister(_ => queue.Cancel(), null);
            foreach (var node in nodes)
            {
                queue.Add(node);
            }

            queue.RunToEnd();
        }
    }

    /// <summary>Ends when the work is cancelled.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Adds a node; the work on it may begin at once. To be called by one thread.</summary>
    public void Add(Node node)
    {
        Interlocked.Increment(ref _waiting);
        _nodes.Add(node);
        if (_workers.Count < throttleLimit && Volatile.Read(ref _waiting) > 0)
        {
            Interlocked.Increment(ref _running);
            var worker = new Thread(Work, StackSize) { IsBackground = true, Name = "KubePrep node" };
            _workers.Add(worker);
            worker.Start();
        }
    }

    /// <summary>Has the caller's thread run something. To be called by the work.</summary>
    public void Post(Action action) => _posted.Add(action);

    /// <summary>Runs what has been posted so far.</summary>
    public void RunPosted()
    {
        while (_posted.TryTake(out var action))
        {
            action();
        }
    }

    /// <summary>Runs what is posted until the work on the last node has ended.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void RunToEnd()
    {
        _nodes.CompleteAdding();
        EndIfIdle();
        foreach (var action in _posted.GetConsumingEnumerable())
        {
            action();
        }

        _stopping.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the work on all nodes; those that are being changed finish the step in hand.</summary>
    public void Cancel()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // it has ended already
        }
    }

    /// <summary>Ends the work, and waits until no process of it is left.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _nodes.CompleteAdding();
        var clock = Stopwatch.StartNew();
        if (!_workers.TrueForAll(worker => worker.Join(clock.Elapsed < Grace ? Grace - clock.Elapsed : TimeSpan.Zero)))
        {
            return; // one that cannot end still has a use for what would be disposed of, and an exception on its thread would end the process
        }

        _stopping.Dispose();
        _nodes.Dispose();
        _posted.Dispose();
    }

    private void Work()
    {
        try
        {
            foreach (var node in _nodes.GetConsumingEnumerable(_stopping.Token))
            {
                Interlocked.Decrement(ref _waiting);
                work(node, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the caller knows
        }
        catch (Exception e)
        {
            // a fault of KubePrep's own: it is thrown where somebody sees it
            Post(ExceptionDispatchInfo.Capture(e).Throw);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            EndIfIdle();
        }
    }

    private void EndIfIdle()
    {
        if (Volatile.Read(ref _running) == 0 && _nodes.IsAddingCompleted)
        {
            _posted.CompleteAdding();
        }
    }
}
