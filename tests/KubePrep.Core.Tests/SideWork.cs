using System.Runtime.ExceptionServices;

namespace KubePrep.Core.Tests;

/// <summary>Work beside a test's own. What goes wrong in it fails that test, where on a bare thread it would end all of them.</summary>
internal sealed class SideWork
{
    private readonly Thread _thread;
    private Exception? _fault;

    private SideWork(Action work)
    {
        _thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                _fault = e;
            }
        }) { IsBackground = true };
        _thread.Start();
    }

    public static SideWork Start(Action work) => new(work);

    /// <summary>Waits for its end, and throws what was thrown in it.</summary>
    public void End()
    {
        Assert.True(_thread.Join(TimeSpan.FromMinutes(2)), "The work beside the test does not end.");
        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }
}
