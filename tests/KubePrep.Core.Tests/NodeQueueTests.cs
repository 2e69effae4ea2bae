using System.Globalization;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class NodeQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Works_on_all_nodes_and_never_on_more_at_once_than_allowed(int limit)
    {
        const int Nodes = 60;
        var (running, most, here) = (0, 0, Environment.CurrentManagedThreadId);
        var done = new List<string>();
        NodeQueue? queue = null;
        queue = new NodeQueue(limit, (node, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Yield();
            Interlocked.Decrement(ref running);
            queue!.Post(() =>
            {
                Assert.Equal(here, Environment.CurrentManagedThreadId);
                done.Add(node.HostName);
            });
        });
        using (queue)
        {
            foreach (var number in Enumerable.Range(0, Nodes))
            {
                queue.Add(new Node(string.Create(CultureInfo.InvariantCulture, $"n{number}")));
            }

            queue.RunToEnd();
        }

        Assert.Equal(Nodes, done.Distinct().Count());
        Assert.InRange(most, 1, limit);
    }

    [Fact]
    public void Gives_the_first_result_before_the_last_node_ends()
    {
        using var go = new ManualResetEventSlim();
        var results = new List<string>();
        NodeQueue? queue = null;
        queue = new NodeQueue(2, (node, cancellation) =>
        {
            if (node.HostName == "slow")
            {
                go.Wait(TimeSpan.FromSeconds(30), cancellation);
            }

            queue!.Post(() =>
            {
                results.Add(node.HostName);
                go.Set(); // the slow one ends only because the fast one's result has come
            });
        });
        using (queue)
        {
            queue.Add(new Node("slow"));
            queue.Add(new Node("fast"));
            queue.RunToEnd();
        }

        Assert.Equal(["fast", "slow"], results);
    }

    [Fact]
    public void Runs_what_was_posted_while_nodes_are_still_added()
    {
        var results = 0;
        NodeQueue? queue = null;
        queue = new NodeQueue(1, (_, _) => queue!.Post(() => results++));
        using (queue)
        {
            queue.Add(new Node("n1"));
            Wait.Until(
                () =>
                {
                    queue.RunPosted();
                    return results == 1;
                },
                "the result has come");
            queue.Add(new Node("n2"));
            queue.RunToEnd();
        }

        Assert.Equal(2, results);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Throws_a_fault_of_the_work_where_the_results_are_read(int limit)
    {
        using var queue = new NodeQueue(limit, (_, _) => throw new InvalidOperationException("a fault"));
        queue.Add(new Node("n1"));
        queue.Add(new Node("n2"));
        Assert.Equal("a fault", Assert.Throws<InvalidOperationException>(queue.RunToEnd).Message);
    }

    [Fact]
    public void Ends_when_it_has_nothing_to_do()
    {
        using var queue = new NodeQueue(4, (_, _) => { });
        queue.RunToEnd();
    }

    [Fact]
    public void Ends_when_it_is_cancelled_and_leaves_no_thread()
    {
        var (begun, ended) = (0, 0);
        var queue = new NodeQueue(3, (_, cancellation) =>
        {
            Interlocked.Increment(ref begun);
            cancellation.WaitHandle.WaitOne();
            Interlocked.Increment(ref ended);
            cancellation.ThrowIfCancellationRequested();
        });
        for (var i = 0; i < 10; i++)
        {
            queue.Add(new Node("n"));
        }

        Wait.Until(() => Volatile.Read(ref begun) == 3, "three are worked on");
        queue.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(queue.RunToEnd);
        queue.Dispose();
        Assert.Equal((3, 3), (begun, ended)); // no other was begun, and all were waited for
        queue.Cancel();
    }

    [Fact]
    public void Waits_for_the_work_when_its_results_are_no_longer_wanted()
    {
        var (begun, ended) = (0, 0);
        NodeQueue? queue = null;
        queue = new NodeQueue(2, (_, cancellation) =>
        {
            Interlocked.Increment(ref begun);
            cancellation.WaitHandle.WaitOne();
            queue!.Post(() => Assert.Fail("nobody reads this"));
            Interlocked.Increment(ref ended);
        });
        queue.Add(new Node("n1"));
        queue.Add(new Node("n2"));
        Wait.Until(() => Volatile.Read(ref begun) == 2, "both are worked on");
        queue.Dispose();
        Assert.Equal(2, ended);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
