using System.Threading;

namespace Aside.Sapi
{
    /// <summary>
    /// How much audio may be under way to JavaScript. SAPI's own worker thread waits here inside of Write(), which is how
    /// a voice is held back; JavaScript's answer to a batch lets it go on. Nothing else waits here.
    /// </summary>
    public sealed class AudioGate
    {
        readonly object gate = new object();
        readonly int windowBytes;
        int underWayBytes;
        bool isOpen;

        public AudioGate(int windowBytes)
        {
            this.windowBytes = windowBytes;
        }

        /// <summary>Takes between one sample and <c>wanted</c> bytes, blocking until there is room. 0 once it is open.</summary>
        public int Take(int wanted)
        {
            lock (gate)
            {
                while (!isOpen && windowBytes - underWayBytes < 2) Monitor.Wait(gate);
                if (isOpen) return 0;
                int room = (windowBytes - underWayBytes) & ~1;
                int taken = wanted < room ? wanted : room;
                underWayBytes += taken;
                return taken;
            }
        }

        public void Give(int bytes)
        {
            lock (gate)
            {
                underWayBytes -= bytes;
                Monitor.PulseAll(gate);
            }
        }

        /// <summary>Lets everybody through who waits, with nothing: what is written from now on is dropped.</summary>
        public void Open()
        {
            lock (gate)
            {
                isOpen = true;
                Monitor.PulseAll(gate);
            }
        }

        public void Shut()
        {
            lock (gate) isOpen = false;
        }
    }
}
