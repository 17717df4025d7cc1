using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Aside.Sapi
{
    /// <summary>
    /// The thread that owns the voice: it makes every call into SAPI, and wakes for commands, for SAPI's events (a Win32
    /// event, so no message pump) and for audio. Multi-threaded apartment: SAPI's worker then calls our objects directly.
    /// </summary>
    public sealed class EngineThread
    {
        /// <summary>While speaking it looks now and then without being woken, for voices that lose an event.</summary>
        const int PollMs = 50;
        /// <summary>A handle that stays signalled with nothing behind it must not keep a processor busy.</summary>
        const int MaxIdleWakes = 64;

        sealed class Command
        {
            public Func<object> Run;
            public TaskCompletionSource<object> Done;
        }

        readonly Queue<Command> commands = new Queue<Command>();
        readonly AutoResetEvent wake = new AutoResetEvent(false);
        readonly Thread thread;
        readonly Action<Exception> onDeath;
        IEngineWork work;
        bool isClosed;

        /// <summary><c>onDeath</c> is called at most once, from the thread that dies.</summary>
        public EngineThread(Action<Exception> onDeath)
        {
            this.onDeath = onDeath;
            thread = new Thread(Run);
            thread.IsBackground = true;
            thread.Name = "aside-sapi-engine";
            thread.SetApartmentState(ApartmentState.MTA);
        }

        /// <summary>Resolves when <c>create</c> has made what the thread then works for.</summary>
        public Task<object> Start(Func<IEngineWork> create)
        {
            Task<object> created = Post(delegate { work = create(); return null; });
            thread.Start();
            return created;
        }

        /// <summary>Has the engine thread do something. Never blocks; callable from every thread.</summary>
        public Task<object> Post(Func<object> run)
        {
            var command = new Command();
            command.Run = run;
            command.Done = new TaskCompletionSource<object>();
            lock (commands)
            {
                if (isClosed)
                {
                    command.Done.SetException(new SpeechException("SESSION_CLOSED", HResults.Fail, "this session is closed"));
                    return command.Done.Task;
                }
                commands.Enqueue(command);
            }
            Wake();
            return command.Done.Task;
        }

        public void Wake()
        {
            wake.Set();
        }

        /// <summary>Ends the thread after <c>last</c>.</summary>
        public Task<object> Close(Func<object> last)
        {
            // In one: between the two the thread would find a closed voice and go on waiting for it.
            lock (commands)
            {
                Task<object> done = Post(last);
                isClosed = true;
                Wake();
                return done;
            }
        }

        void Run()
        {
            try
            {
                var handles = new WaitHandle[2];
                handles[0] = wake;
                int idleWakes = 0;
                while (RunCommands())
                {
                    WaitHandle notify = work == null ? null : work.Notify;
                    int timeoutMs = work != null && work.IsBusy ? PollMs : Timeout.Infinite;
                    int woken = 0;
                    if (notify == null) wake.WaitOne(timeoutMs);
                    else
                    {
                        handles[1] = notify;
                        woken = WaitHandle.WaitAny(handles, timeoutMs);
                    }
                    bool didSomething = work != null && work.Work();
                    idleWakes = woken == 1 && !didSomething ? idleWakes + 1 : 0;
                    if (idleWakes > MaxIdleWakes) Thread.Sleep(1);
                }
            }
            catch (Exception e)
            {
                FailRest(e);
                onDeath(e);
            }
        }

        /// <summary>False when the last one has been run.</summary>
        bool RunCommands()
        {
            while (true)
            {
                Command command;
                lock (commands)
                {
                    if (commands.Count == 0) return !isClosed;
                    command = commands.Dequeue();
                }
                object result = null;
                Exception failure = null;
                try { result = command.Run(); }
                catch (Exception e) { failure = e; }
                Answer(command, result, failure);
            }
        }

        void FailRest(Exception e)
        {
            lock (commands)
            {
                isClosed = true;
                while (commands.Count > 0) Answer(commands.Dequeue(), null, e);
            }
        }

        /// <summary>On a thread of the pool: what waits for the answer may run any code.</summary>
        static void Answer(Command command, object result, Exception failure)
        {
            ThreadPool.QueueUserWorkItem(delegate
            {
                if (failure == null) command.Done.TrySetResult(result);
                else command.Done.TrySetException(failure);
            });
        }
    }

    /// <summary>What an engine thread does when it wakes. Called on that thread only.</summary>
    public interface IEngineWork
    {
        /// <summary>Wakes the thread when it is signalled; null for none.</summary>
        WaitHandle Notify { get; }
        bool IsBusy { get; }
        /// <summary>Whether there was something to do. What it throws ends the thread.</summary>
        bool Work();
    }
}
